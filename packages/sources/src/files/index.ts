export { FileRoots } from "./file-roots.ts";
export { errnoOf, fileVersion, type OpenFile, openFile } from "./open-file.ts";
