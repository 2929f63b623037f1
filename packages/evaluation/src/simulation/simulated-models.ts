/** A model that is known wholly, for simulations of what is promised about it. */
export interface SimulatedModel {
  readonly name: string;
  /** The confidence below which a share `share` of its documents lies. */
  confidenceAt(share: number): number;
  /** How often it agrees with its teacher at that confidence. */
  agreementAt(confidence: number): number;
}

const evenly = (share: number) => share;
const CATEGORIES = 20;

/** In every way that agreement may hang together with confidence, `asked` being the agreement that is asked for. */
export function simulatedModels(asked: number): SimulatedModel[] {
  const smooth: SimulatedModel = {
    name: "rises smoothly",
    confidenceAt: evenly,
    agreementAt: (confidence) => 1 - 0.6 * (1 - confidence) ** 3,
  };
  const levels = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return [
    smooth,
    erringTeacher(smooth, 0.01),
    erringTeacher(smooth, 0.05),
    {
      name: "rises steeply, most documents being sure",
      confidenceAt: (share) => 1 - (1 - share) ** 4,
      agreementAt: (confidence) => 1 - 0.5 * (1 - confidence) ** 1.5,
    },
    { name: "flat, just under what is asked", confidenceAt: evenly, agreementAt: () => asked - 0.0005 },
    { name: "flat, a hundredth under", confidenceAt: evenly, agreementAt: () => asked - 0.01 },
    {
      name: "falls where confidence rises, to under what is asked",
      confidenceAt: evenly,
      agreementAt: (confidence) => Math.min(1, asked + 0.02 - 0.04 * confidence),
    },
    {
      name: "just under on top, far under below",
      confidenceAt: evenly,
      agreementAt: (confidence) => (confidence > 0.7 ? asked - 0.001 : asked - 0.1),
    },
    {
      name: "high, then a valley, then high again",
      confidenceAt: evenly,
      agreementAt: (confidence) => (confidence > 0.7 || confidence < 0.4 ? 0.999 : asked - 0.1),
    },
    {
      name: "six confidences, 0 among them",
      confidenceAt: (share) => levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? 0,
      agreementAt: (confidence) => 1 - 0.3 * (1 - confidence) ** 2,
    },
    {
      name: "one confidence, just under",
      confidenceAt: () => 0.5,
      agreementAt: () => asked - 0.0005,
    },
    {
      name: "half of the documents at 0, and just under with them",
      confidenceAt: (share) => (share < 0.5 ? 0 : share),
      agreementAt: (confidence) => (confidence === 0 ? 2 * (asked - 0.0005) - 0.999 : 0.999),
    },
  ];
}

/** The teacher gives another label in a share `errs` of all documents, any of the others alike; the model agrees with what it says. */
function erringTeacher(model: SimulatedModel, errs: number): SimulatedModel {
  return {
    ...model,
    name: `${model.name}, under a teacher who errs in ${errs}`,
    agreementAt: (confidence) => {
      const agreement = model.agreementAt(confidence);
      return (1 - errs) * agreement + (errs * (1 - agreement)) / (CATEGORIES - 1);
    },
  };
}
