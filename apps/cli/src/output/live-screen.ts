import type { Terminal } from "./terminal.ts";

/** The alternate screen, without a cursor: what was on the terminal before comes back in the end. */
const ENTER = "\u001b[?1049h\u001b[?25l";
const LEAVE = "\u001b[?25h\u001b[?1049l";
/** Terminals that know it show nothing of a frame before all of it is there (synchronized output). */
const FRAME_BEGIN = "\u001b[?2026h\u001b[H";
const FRAME_END = "\u001b[?2026l";

export interface Frame {
  readonly width: number;
  readonly height: number;
}

/**
 * A whole screen that is drawn anew: four times a second, and at once when the window has another size. Every line is
 * overwritten in its place, and nothing is written while nothing changes, so that nothing flickers. The lines that
 * `render` gives must fit the width; those past the height are left out.
 */
export class LiveScreen implements Disposable {
  readonly #terminal: Terminal;
  readonly #render: (frame: Frame) => readonly string[];
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #forgetResize: () => void;
  readonly #leave: () => void;
  #shown = "";

  constructor(terminal: Terminal, render: (frame: Frame) => readonly string[]) {
    this.#terminal = terminal;
    this.#render = render;
    terminal.write(ENTER);
    this.#leave = () => terminal.write(LEAVE);
    // A second signal ends the process at once, and the terminal must be left as it was all the same.
    process.on("exit", this.#leave);
    this.#forgetResize = terminal.onResize(() => {
      this.#shown = "";
      this.draw();
    });
    this.#timer = setInterval(() => this.draw(), 250);
    this.draw();
  }

  draw(): void {
    const frame = { width: this.#terminal.width(), height: this.#terminal.height() };
    const lines = this.#render(frame).slice(0, frame.height);
    const text = lines.map((line) => `${line}\u001b[K`).join("\r\n");
    if (text === this.#shown) return;
    this.#shown = text;
    this.#terminal.write(`${FRAME_BEGIN}${text}\u001b[J${FRAME_END}`);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#forgetResize();
    process.off("exit", this.#leave);
    this.#leave();
  }
}
