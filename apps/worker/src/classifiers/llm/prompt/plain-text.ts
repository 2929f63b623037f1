/**
 * Marks by which models tell who speaks, as templates of the common families write them. Servers read them in a document as they read
 * their own, so a document could end its own part and speak as the instructions do.
 */
const CONTROL_MARKS =
  /<[|｜]|[|｜]>|<(?=\/?(?:s|bos|eos|think|tool_call|start_of_turn|end_of_turn|begin_of_text|end_of_text|im_start|im_end)>)|\[(?=\/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\])|<<(?=\/?SYS>>)/gi;

// What no reader sees and a model does: control characters, tag characters, marks of direction; not the joiners, which spell.
const UNSEEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udc7f]/g;

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text of a document as a prompt may hold it: nothing in it is a mark of the model's, or unseen by readers; runs of white space are short.
 * A space after its first sign makes a mark plain text.
 */
export function plainText(text: string): string {
  return text
    .replace(UNSEEN, "")
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(CONTROL_MARKS, (mark) => `${mark[0]} ${mark.slice(1)}`)
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
