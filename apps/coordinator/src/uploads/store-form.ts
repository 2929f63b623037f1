import { PassThrough, pipeline, Readable } from "node:stream";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { AppError, type UploadLine } from "@sluice/contracts";
import { checkName } from "./check-name.ts";
import { storeUpload } from "./store-upload.ts";
import { blobsOf, type UploadParts } from "./upload-parts.ts";

/** Files of one form; a program that has more sends more forms. */
const MAX_FILES = 10_000;
/** Fields that are no files are read past, and said to be. */
const MAX_FIELD_BYTES = 64 << 10;

/**
 * Keeps every file of a `multipart/form-data` body, one after the other as they come, and says of each what became of it: one
 * that is too large costs the others nothing. BAD_REQUEST when the body is no such form; UPLOAD_CUT and UPLOAD_STALLED as
 * the body says, with the files before that kept.
 */
export async function storeForm(
  parts: UploadParts,
  body: AsyncIterable<Uint8Array>,
  { contentType, uploadedBy }: { contentType: string; uploadedBy: string },
): Promise<UploadLine[]> {
  blobsOf(parts);
  const form = openForm(contentType);
  const files: PassThrough[] = [];
  const lines: Promise<UploadLine>[] = [];
  let skipped = false;
  form.on("file", (_field, stream, fileName) => {
    // It fails whenever the form does, before anybody reads it too; from here on there is one who hears of that.
    const file = new PassThrough();
    pipeline(stream, file, () => undefined);
    files.push(file);
    lines.push(storeFile(parts, file, { fileName, uploadedBy }));
  });
  form.on("field", (field) => {
    const why = `The field "${field.slice(0, 60)}" is no file, and nothing is done with it.`;
    lines.push(Promise.resolve(lineOf(field, new AppError("BAD_REQUEST", why))));
  });
  form.on("filesLimit", () => (skipped = true));
  const source = Readable.from(body, { objectMode: false });
  try {
    await new Promise<void>((resolve, reject) => {
      form.on("finish", resolve);
      form.on("error", (error) => reject(notAForm(error)));
      source.on("error", reject);
      source.pipe(form);
    });
  } catch (error) {
    source.destroy();
    for (const file of files) file.destroy(error instanceof Error ? error : new Error(String(error)));
    await Promise.all(lines);
    throw error;
  }
  const answers = await Promise.all(lines);
  if (skipped) answers.push(lineOf("", new AppError("PAYLOAD_TOO_LARGE", `A form has at most ${MAX_FILES} files.`)));
  return answers;
}

function openForm(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { files: MAX_FILES, fieldSize: MAX_FIELD_BYTES, fields: MAX_FILES, parts: 2 * MAX_FILES },
      preservePath: true,
    });
  } catch (error) {
    throw notAForm(error);
  }
}

function notAForm(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError("BAD_REQUEST", `The body is no multipart form: ${reason}.`, { cause: error });
}

async function storeFile(
  parts: UploadParts,
  file: PassThrough,
  { fileName, uploadedBy }: { fileName: string; uploadedBy: string },
): Promise<UploadLine> {
  try {
    const name = checkName(fileName);
    const bytes: AsyncIterable<Uint8Array> = file.iterator({ destroyOnReturn: false });
    const upload = await storeUpload(parts, bytes, { name, checksum: null, uploadedBy });
    return { ok: true, name, ...upload };
  } catch (error) {
    // The form goes on behind what is left of this file.
    file.resume();
    return lineOf(fileName, error);
  }
}

function lineOf(name: string, error: unknown): UploadLine {
  const known = error instanceof AppError ? error : new AppError("INTERNAL", "It could not be kept.", { cause: error });
  return { ok: false, name: name.slice(0, 200), code: known.code, detail: known.message, advice: known.advice };
}
