/** A small writer of SVG: elements as strings, attributes escaped, coordinates to a tenth. */
export type Attributes = Record<string, string | number>;

export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .map(
      ([key, value]) => ` ${key}="${escape(typeof value === "number" ? String(Math.round(value * 10) / 10) : value)}"`,
    )
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

export function text(content: string, attributes: Attributes): string {
  return element("text", attributes, escape(content));
}

export const COLOURS = {
  ink: "#1f2328",
  faint: "#656d76",
  grid: "#d8dee4",
  own: "#0a7d55",
  peer: "#8ba3bb",
  wrong: "#b35900",
} as const;
export const FONT_SIZE = 13;
const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif";
// Of the widest of these fonts: a label may be narrower than it is taken for, never wider.
const EM_PER_CHARACTER = 0.62;

/** About how wide a label is, in pixels. */
export function textWidth(content: string, fontSize = FONT_SIZE): number {
  return content.length * fontSize * EM_PER_CHARACTER;
}

/** A whole picture on white, so that it reads the same on a dark page, with its title for people and for readers aloud. */
export function picture(options: {
  width: number;
  height: number;
  title: string;
  subtitle: string;
  body: readonly string[];
}): string {
  const { width, height, title, subtitle, body } = options;
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "font-family": FONT,
      "font-size": FONT_SIZE,
      fill: COLOURS.ink,
    },
    `\n${element("title", {}, escape(title))}`,
    `\n${element("rect", { width, height, rx: 8, fill: "#ffffff" })}`,
    `\n${text(title, { x: 20, y: 30, "font-size": 17, "font-weight": 600 })}`,
    `\n${text(subtitle, { x: 20, y: 50, fill: COLOURS.faint })}`,
    ...body.map((line) => `\n${line}`),
    "\n",
  )}\n`;
}

function escape(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The name of the upright axis, along the left edge and about the height `y`. */
export function uprightTitle(label: string, y: number): string {
  return text(label, { x: 22, y, "text-anchor": "middle", transform: `rotate(-90 22 ${y})` });
}
