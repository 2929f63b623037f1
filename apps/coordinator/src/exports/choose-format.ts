import { EXPORT_FORMATS, EXPORT_MEDIA_TYPES, type ExportFormat } from "@sluice/contracts";

/**
 * What a client wants: by name, else the first of its `Accept` that there is. Anything else, and nothing, is answered with
 * NDJSON, as it was before there was a choice.
 */
export function chooseFormat(format: ExportFormat | undefined, accept: string | undefined): ExportFormat {
  if (format !== undefined) return format;
  const wanted = (accept ?? "")
    .split(",")
    .map((part) => preference(part))
    .filter(({ quality }) => quality > 0)
    // Of equals the first named stays the first.
    .toSorted((left, right) => right.quality - left.quality);
  for (const { type } of wanted) {
    const found = EXPORT_FORMATS.find((each) => EXPORT_MEDIA_TYPES[each] === type);
    if (found !== undefined) return found;
    if (type === "*/*") break;
  }
  return "ndjson";
}

function preference(part: string): { type: string; quality: number } {
  const [type = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { type, quality: quality === undefined ? 1 : Number(quality) };
}
