// Words that carry no subject, in the languages taxonomies are mostly written in; folded as the tokenizer folds.
const words = new Set(
  (
    "a about above after again all also am an and any are as at be been before being below between both but by can could did do does doing down during each either etc every few for from further had has have " +
    "having he her here hers him his how i if in into is it its itself just kind kinds may me might more most much must my no nor not now of off on once one ones only or other others our out over own per same she should so " +
    "some such than that the their them then there these they this those through to too two type types under until up upon us use used uses using usually very was we were what when where which while who whom why will with within without " +
    "would you your document documents text including include includes related various " +
    "der die das den dem des ein eine einer eines einem einen und oder nicht mit von vom zu zum zur im in ist sind war wird werden auf aus bei bis durch fur gegen nach ohne um unter uber wie als auch sich man " +
    "le la les un une des du de d l et ou ne pas avec pour par sur dans en au aux est sont ce cette ces son sa ses leur leurs qui que dont se " +
    "el los las unos unas y o no con por para del al es son su sus se lo como il lo gli uno e di da dei delle della dello nel nella sul per tra fra che si sono " +
    "os as um uma uns umas dos das do na nos nas em pelo pela ou nao com sao het een van voor met op bij aan te zijn wordt niet en of die dat i w z na do od dla oraz jest nie ze sie"
  ).split(" "),
);

/** True for articles, prepositions and the like, which say nothing of a document's subject. */
export function isFunctionWord(word: string): boolean {
  return words.has(word);
}
