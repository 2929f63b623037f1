/** CPU time of this process, in pieces. */
export class CpuTime {
  #last = 0;

  /** Microseconds, user and system, since it was asked last. */
  sinceLast(): number {
    const { user, system } = process.cpuUsage();
    const since = user + system - this.#last;
    this.#last += since;
    return since;
  }
}
