/**
 * The group whose mean a document counts into, from the name it has in a corpus of translations typeset by several
 * producers (`udhr_LANGUAGE__PRODUCER`) and manuals (`deb_…`); null for all others, which count into the whole alone.
 */
export function qualityGroup(name: string): string | null {
  if (name.startsWith("deb_")) return "debian";
  if (name.startsWith("GeoTopo")) return "geotopo";
  if (!name.startsWith("udhr_")) return null;
  if (name.includes("2col") || name.includes("OT1")) return "udhr-2col";
  const language = name.slice("udhr_".length).split("__")[0] ?? "";
  if (["arb", "heb", "pes_1", "urd"].includes(language)) return "udhr-rtl";
  if (["jpn", "kor", "cmn_hans", "cmn_hant"].includes(language)) return "udhr-cjk";
  if (["hin", "ben", "tam", "tha", "amh"].includes(language)) return "udhr-complex";
  return "udhr-lgc";
}
