/** True for the letters of Hebrew, where a double quote inside a word marks an abbreviation. */
export function isHebrew(code: number): boolean {
  return code >= 0x5d0 && code <= 0x5ea;
}
