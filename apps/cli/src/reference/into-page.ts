const BEGIN = "<!-- commands: written by `bun run gen` -->";
const END = "<!-- end of the commands -->";

/** A page with what lies between its two marks replaced. */
export function intoPage(page: string, reference: string): string {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`the page lacks its marks: ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n\n${reference}\n${END}${after}`;
}
