/** Where in a document a term stands. */
export const Field = { Title: 0, Head: 1, Heading: 2, Body: 3 } as const;
export type FieldNumber = (typeof Field)[keyof typeof Field];
export const FIELDS = 4;
export const fieldNames = ["title", "first lines", "heading", "text"] as const;
