// What Markdown would take for its own inside of a line, and HTML.
const INLINE = /[\\`*_[\]<]|&(?=#?\w+;)/g;
// And at the beginning of one: headings, quotes, lists, fences, rules, code by indentation.
const BLOCK = /^(\s*)(?=[#>+\-=~|]|\d{1,9}[.)](?:\s|$))(\d*)/gm;

/** Text that a reader of Markdown shows as it is. */
export function markdownText(text: string): string {
  return text
    .replaceAll(INLINE, "\\$&")
    .replaceAll(/^[ \t]+/gm, "")
    .replaceAll(BLOCK, "$1$2\\");
}
