/** The numbers of a document, in the order they stand in it: parallel arrays, as there may be thousands. */
export class Numbers {
  count = 0;
  /** How many are amounts of money, have their thousands set apart, or are percentages: most documents have none, and no arithmetic to look for. */
  money = 0;
  grouped = 0;
  percent = 0;
  readonly values: Float64Array;
  /** Digits after the decimal sign. */
  readonly decimals: Uint8Array;
  /** `Mark` bits. */
  readonly marks: Uint8Array;
  /** Where it ends: its offset in the document's units. */
  readonly ends: Uint32Array;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
    this.decimals = new Uint8Array(capacity);
    this.marks = new Uint8Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  clear(): void {
    this.count = this.money = this.grouped = this.percent = 0;
  }

  /** Appends a number. */
  add(value: number, decimals: number, marks: number, end: number): void {
    const at = this.count++;
    this.values[at] = value;
    this.decimals[at] = decimals;
    this.marks[at] = marks;
    this.ends[at] = end;
    if ((marks & Mark.Grouped) !== 0) this.grouped++;
    if ((marks & Mark.Percent) !== 0) this.percent++;
    else if (decimals === 2 || (marks & Mark.Currency) !== 0) this.money++;
  }

  /** An amount of money, by its sign, its code or its two decimals. */
  isMoney(index: number): boolean {
    const marks = this.marks[index] as number;
    return (marks & Mark.Percent) === 0 && (this.decimals[index] === 2 || (marks & Mark.Currency) !== 0);
  }

  /** Its thousands are set apart. */
  isGrouped(index: number): boolean {
    return ((this.marks[index] as number) & Mark.Grouped) !== 0;
  }

  isPercent(index: number): boolean {
    return ((this.marks[index] as number) & Mark.Percent) !== 0;
  }
}

export const Mark = { Grouped: 1, Currency: 2, Percent: 4 } as const;
