import { describe, expect, test } from "bun:test";
import { classificationSchema } from "@sluice/contracts";
import { businessTaxonomy, parseTaxonomy, taxonomyHash } from "@sluice/taxonomy";
import type { ClassifierInput } from "./classifier-input.ts";
import { compileRules } from "./compile-rules.ts";
import { loadBuiltInRules } from "./load-built-in-rules.ts";

const business = loadBuiltInRules();

function page(text: string, widthPt = 595, heightPt = 842): ClassifierInput {
  return { pages: [{ text, widthPt, heightPt, verdict: "text" }], pageCount: 1 };
}

const samples: readonly (readonly [category: string, language: string, text: string])[] = [
  [
    "invoice",
    "en",
    "Dunmore Joinery\nInvoice number 2207\nTo: Mrs Hale\nOak shelves, fitted 2 140.00 280.00\nNet 280.00\nVAT 20% 56.00\nAmount due 336.00\nPayable within 14 days by bank transfer.",
  ],
  [
    "invoice",
    "cs",
    "Faktura č. 118\nDodavatel: Truhlářství Malá\nOdběratel: Obec Lhota\nDatum splatnosti 12. 5. 2025\nPolice dubová 2 ks 1 400,00 2 800,00\nZáklad daně 2 800,00\nDPH 21 % 588,00\nCelkem k úhradě 3 388,00 Kč",
  ],
  [
    "receipt",
    "ko",
    "영수증\n가온 서점\n2025-03-02 14:12\n소설 2권 24,000\n현금 30,000\n거스름돈 6,000\n이용해 주셔서 감사합니다",
  ],
  [
    "purchase_order",
    "sv",
    "Beställning\nOrdernummer 5512\nLeverantör: Nordskruv AB\nLeveransadress: Hamngatan 2, Malmö\nLeveransdatum 3 juni\nVi beställer enligt er offert:\nSkruv M6 400 0,50 200,00\nVänligen bekräfta ordern.",
  ],
  [
    "contract",
    "ru",
    "Договор аренды\nООО «Север», именуемое в дальнейшем Арендодатель, с одной стороны, и Иванов П. С., именуемый в дальнейшем Арендатор, заключили настоящий договор.\n1. Предмет договора\nАрендодатель обязуется передать помещение. Срок действия один год. Расторжение возможно с уведомлением за месяц.",
  ],
  [
    "letter",
    "es",
    "Estimada señora Vidal:\nLe escribo para agradecerle su carta del martes. Lamento no haber podido responder antes.\nQuedo a su disposición.\nAtentamente,\nJulia Prats",
  ],
  [
    "resume",
    "tr",
    "Özgeçmiş\nAyşe Demir\nDoğum tarihi 1990\nİş deneyimi\nMühendis, 2016 – 2021\nEğitim\nYüksek lisans, Ege Üniversitesi, 2014\nYabancı dil: İngilizce, ileri düzey\nReferanslar",
  ],
  [
    "medical_report",
    "el",
    "Ενημερωτικό σημείωμα\nΑσθενής: Κ. Π.\nΔιάγνωση: πνευμονία\nΗμερομηνία εισόδου 2/10\nΚλινική εξέταση: θερμοκρασία 38,7\nΘεραπεία: αμοξικιλλίνη 500 mg, δισκία δύο φορές ημερησίως\nΕπανέλεγχος σε έναν μήνα.",
  ],
  [
    "meeting_minutes",
    "he",
    "פרוטוקול ישיבת ועד\nנוכחים: א. לוי, ב. כהן\nעל סדר היום: תיקון הגג\nהוחלט פה אחד לקבל את ההצעה.\nהישיבה ננעלה בשעה 20:15\nהישיבה הבאה: 3 במרץ",
  ],
  [
    "legal_filing",
    "ja",
    "訴状\n東京地方裁判所 御中\n原告 山田\n被告 川村\n請求の趣旨\n被告は原告に対し、金100万円を支払え。訴訟費用は被告の負担とする。\n請求の原因\n原告と被告は契約を締結した。",
  ],
];

describe("the built-in taxonomy", () => {
  test.each(samples)("labels %s (%s)", (category, _language, text) => {
    const answer = business.classify(page(text));
    expect(classificationSchema.parse(answer)).toEqual(answer);
    expect([answer.state, answer.category]).toEqual(["classified", category]);
  });

  test("sees slides by their shape as well as their words", () => {
    const slide = (text: string) => ({ text, widthPt: 960, heightPt: 540, verdict: "text" as const });
    const answer = business.classify({
      pages: [
        slide("Where we are\nTwo shops open"),
        slide("Roadmap\nHire three people"),
        slide("Thank you\nQuestions?"),
      ],
      pageCount: 3,
    });
    expect(answer.category).toBe("presentation");
    expect(answer.terms.some((term) => term.where === "structure")).toBe(true);
  });

  test("is not misled by another document's name in running text", () => {
    const text =
      samples[5]?.[2].replace(
        "su carta del martes",
        "su carta del martes sobre la factura, la factura rectificativa y el contrato",
      ) ?? "";
    expect(business.classify(page(text)).category).toBe("letter");
  });

  test("abstains on what is none of its categories, and says what it came nearest to", () => {
    const answer = business.classify(
      page("The heron stood in the shallow water until the light went. Nobody had seen it arrive. ".repeat(12)),
    );
    expect(answer.state).toBe("abstained");
    expect(answer.category).toBeNull();
    expect(answer.confidence).toBeLessThan(0.65);
    expect(business.classify(page("The weekly market is on Tuesday.")).state).toBe("abstained");
  });
});

describe("what is no business document", () => {
  test("gets no label for the terms of many kinds that a long list of words touches", () => {
    const terms = businessTaxonomy.categories.flatMap(({ keywords }) =>
      keywords.map((keyword) => (typeof keyword === "string" ? keyword : keyword.term)),
    );
    for (let start = 0; start < 20; start++) {
      const list = Array.from({ length: 400 }, (_, index) => terms[(start * 977 + index * 4_001) % terms.length]);
      const lines = Array.from({ length: 50 }, (_, line) => list.slice(line * 8, line * 8 + 8).join(" "));
      expect(business.classify(page(lines.join("\n"))).category).toBeNull();
    }
  });

  test("nor for people who say things, as they do in news", () => {
    const text =
      "Ferry crews on the northern route have voted for a strike after talks with the line broke down on Thursday. The union said nine in ten of its members had backed the walkout. " +
      "“They have been told for three years that things would get better,” said its secretary, Hanne Dahl. She added that crews were ready to talk at any time.\n" +
      "A spokesman for the line called the vote a disappointment and said passengers would be told by Monday which sailings were lost. Ticket sales over the summer had been the weakest for a decade, he said.\n" +
      "The dispute began in March when two older ships were taken out of service.";
    expect(business.classify(page(text)).category).toBeNull();
  });
});

describe("the answer", () => {
  test("explains itself: at most six terms, strongest first, with their place", () => {
    const answer = business.classify(page(samples[0]?.[2] ?? ""));
    expect(answer.terms.length).toBeGreaterThan(2);
    expect(answer.terms.length).toBeLessThanOrEqual(6);
    expect(answer.terms.map((term) => term.weight)).toEqual(
      answer.terms.map((term) => term.weight).sort((a, b) => b - a),
    );
    expect(
      answer.terms.every((term) => ["title", "first lines", "heading", "text", "structure"].includes(term.where)),
    ).toBe(true);
    expect(answer.terms.map((term) => term.term)).toContain("invoice number");
  });

  test("is no_text when there is nothing to judge", () => {
    for (const input of [
      { pages: [], pageCount: 0 },
      page(""),
      page(" \n\t\n 12 "),
      {
        pages: [
          {
            text: "invoice number amount due payable within",
            widthPt: 595,
            heightPt: 842,
            verdict: "garbled" as const,
          },
        ],
        pageCount: 1,
      },
    ]) {
      expect(business.classify(input)).toEqual({ state: "no_text", category: null, confidence: 0, terms: [] });
    }
  });

  test("abstains below the confidence asked for, and keeps the label as the runner-up", () => {
    const input = page(samples[0]?.[2] ?? "");
    expect(business.classify(input, { minConfidence: 0.5 }).category).toBe("invoice");
    const unsure = business.classify(input, { minConfidence: 1.01 });
    expect(unsure.state).toBe("abstained");
    expect(unsure.runnerUp?.category).toBe("invoice");
  });

  test("is the same whatever was judged before, and by another instance", () => {
    const answers = samples.map(([, , text]) => business.classify(page(text)));
    const fresh = compileRules(businessTaxonomy);
    const backwards = samples.toReversed().map(([, , text]) => fresh.classify(page(text)));
    expect(backwards.toReversed()).toEqual(answers);
    expect(fresh.taxonomyHash).toBe(taxonomyHash(businessTaxonomy));
  });

  test("survives odd text", () => {
    for (const text of [
      "\0\uD800\uFFFF",
      "1".repeat(5_000),
      "a\n".repeat(30_000),
      "(".repeat(20_000),
      "1.1.1.1 ".repeat(5_000),
      "“".repeat(9_000),
      `A${" x".repeat(20_000)}`,
    ]) {
      expect(["classified", "abstained", "no_text"]).toContain(business.classify(page(text)).state);
    }
  });
});

describe("a user's taxonomy", () => {
  const described = parseTaxonomy(
    `name: news
categories:
  - { id: sport, name: Sport, description: "Matches, players, teams, coaches, leagues, goals and championships in football, tennis, rugby or athletics." }
  - { id: business, name: Business, description: "Companies, shares, markets, profits, banks, trade, economy, takeovers and investors." }
  - { id: technology, name: Technology, description: "Computers, software, internet, mobile phones, games consoles, broadband, hackers and digital devices." }
`,
    "news.yaml",
  );

  test("of names and descriptions labels, and names the words", () => {
    const news = compileRules(described);
    const answer = news.classify(
      page(
        "The champions scored two goals before the break, and their coach praised the players. The team leads the league by nine points.",
      ),
    );
    expect(answer.category).toBe("sport");
    expect(answer.terms.map((term) => term.term)).toContain("players");
    expect(
      news.classify(page("Shares in the bank fell after its profit warning, and investors sold across the market."))
        .category,
    ).toBe("business");
    expect(
      news.classify(page("Hackers used a flaw in the software of mobile phones to send internet traffic elsewhere."))
        .category,
    ).toBe("technology");
    expect(news.classify(page("My grandmother dried pears on the roof all through that long September.")).state).toBe(
      "abstained",
    );
  });

  test("in Chinese works by pairs of signs", () => {
    const chinese = compileRules(
      parseTaxonomy(
        '{"name":"n","categories":[{"id":"sport","name":"体育","description":"足球比赛、球员、教练、联赛和冠军"},{"id":"money","name":"财经","description":"公司、股票、市场、银行和投资者"}]}',
        "n.json",
      ),
    );
    expect(chinese.classify(page("球员在足球联赛中进了两个球，教练表扬了他们，球队获得冠军。")).category).toBe("sport");
  });

  test("may use keywords with weights, and structure by name", () => {
    const taxonomy = parseTaxonomy(
      "name: q\ncategories:\n- {id: quiz, name: Quiz, description: Asks., structure: {questions: 9}}\n- {id: rant, name: Rant, description: Shouts., keywords: [{term: never again, weight: 5}, {term: calm, weight: -5}]}\n",
      "q.yaml",
    );
    const rules = compileRules(taxonomy);
    expect(rules.classify(page("Who was it?\nWhere was it?\nWhen was it?\nWhy was it?")).category).toBe("quiz");
    expect(rules.classify(page("We shall never again come to this place")).category).toBe("rant");
    expect(rules.classify(page("We shall never again come to this calm place")).category).toBeNull();
  });
});

describe("a taxonomy that gives several labels", () => {
  const several = compileRules(
    parseTaxonomy(
      `name: desk
labels: multi
categories:
  - { id: refund, name: Refund, description: Money back, keywords: [refund, money back, reimburse*] }
  - { id: fault, name: Fault, description: Something is broken, keywords: [broken, does not work, defect*] }
  - { id: praise, name: Praise, description: Thanks, keywords: [thank you, wonderful, delighted] }
`,
      "desk.yaml",
    ),
  );
  const idsOf = (text: string) => several.classify(page(text)).labels?.map(({ category }) => category) ?? [];

  test("gives each that speaks for itself, and no other", () => {
    const both =
      "Refund\nThe kettle is broken and does not work, a defect of the lid. I want a refund: my money back, reimbursed.";
    expect(idsOf(both).sort()).toEqual(["fault", "refund"]);
    expect(idsOf("Refund\nPlease refund the order and reimburse me, I want my money back.")).toEqual(["refund"]);
    const judged = several.classify(page(both));
    expect(judged).toMatchObject({ state: "classified", category: judged.labels?.[0]?.category });
    expect(classificationSchema.parse(judged)).toEqual(judged);
  });

  test("gives none out of thin air", () => {
    const nothing = several.classify(page("The weather of the coming week will be mild with some rain in the north."));
    expect(nothing).toMatchObject({ state: "abstained", category: null });
    expect(nothing.labels).toBeUndefined();
  });
});
