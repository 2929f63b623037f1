export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Mark {
  x: number;
  y: number;
  radius: number;
  width: number;
  height: number;
}

const STEP = 6;
const FARTHEST = 40;
// Right first, because that is where a reader looks for the name of a dot.
const DIRECTIONS = [0, 180, 270, 90, 315, 45, 225, 135].map((degrees) => (degrees * Math.PI) / 180);

/**
 * A place for the label of each mark, as near as can be, inside the frame and off all marks and earlier labels: greedy
 * over places on growing circles (as in Christensen, Marks and Shieber, "An empirical study of algorithms for
 * point-feature label placement", 1995, with the order of the marks for priority). Falls back on the mark's right.
 */
export function placeLabels(marks: readonly Mark[], frame: Box): Box[] {
  const dots = marks.map(({ x, y, radius }) => ({
    x: x - radius,
    y: y - radius,
    width: 2 * radius,
    height: 2 * radius,
  }));
  const placed: Box[] = [];
  for (const [index, mark] of marks.entries()) {
    const others = dots.filter((_, at) => at !== index);
    const free = candidates(mark).find(
      (box) =>
        inside(box, frame) && ![...dots, ...placed].some((other) => overlap(box, other)) && !crosses(mark, box, others),
    );
    placed.push(free ?? candidate(mark, 0, 4));
  }
  return placed;
}

export function overlap(left: Box, right: Box): boolean {
  return (
    left.x < right.x + right.width &&
    right.x < left.x + left.width &&
    left.y < right.y + right.height &&
    right.y < left.y + left.height
  );
}

function candidates(mark: Mark): Box[] {
  const rings = Array.from({ length: FARTHEST }, (_, ring) => 4 + ring * STEP);
  return rings.flatMap((distance) => DIRECTIONS.map((angle) => candidate(mark, angle, distance)));
}

/** The box whose nearest edge or corner lies `distance` beyond the mark in that direction. */
function candidate({ x, y, radius, width, height }: Mark, angle: number, distance: number): Box {
  const across = Math.round(Math.cos(angle) * 1000) / 1000;
  const down = Math.round(Math.sin(angle) * 1000) / 1000;
  return {
    x: x + across * (radius + distance) + (Math.sign(across) * width - width) / 2,
    y: y + down * (radius + distance) + (Math.sign(down) * height - height) / 2,
    width,
    height,
  };
}

/** Whether the line from the mark to its label would seem to come from another mark. */
function crosses(mark: Mark, box: Box, others: readonly Box[]): boolean {
  const x = Math.min(Math.max(mark.x, box.x), box.x + box.width);
  const y = Math.min(Math.max(mark.y, box.y), box.y + box.height);
  return [0.25, 0.5, 0.75, 1].some((share) => {
    const point = { x: mark.x + share * (x - mark.x), y: mark.y + share * (y - mark.y), width: 0.1, height: 0.1 };
    return others.some((other) => overlap(point, other));
  });
}

function inside(box: Box, frame: Box): boolean {
  return (
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height
  );
}
