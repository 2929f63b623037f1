const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1234567 → "1,234,567". */
export function formatCount(value: number): string {
  return COUNT.format(value);
}

/** "1 page", "2 pages". */
export function formatQuantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB", "PB"] as const;

/** Decimal units, as file managers show them: 42100000 → "42.1 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? COUNT.format(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** "0.4 s", "12.3 s", "4:07 min", "2:05:09 h", "3 d 04:00 h". */
export function formatDuration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes < 60) return `${minutes}:${two(rest)} min`;
  const [hours, restMinutes] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 24) return `${hours}:${two(restMinutes)}:${two(rest)} h`;
  return `${Math.floor(hours / 24)} d ${two(hours % 24)}:${two(restMinutes)} h`;
}

/** A rate per second with as many digits as it deserves: "0.84", "12.3", "1,240". */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return "–";
  if (perSecond >= 99.95) return formatCount(perSecond);
  return perSecond.toFixed(perSecond >= 9.995 ? 1 : 2);
}

/** .873 → "87 %". */
export function formatShare(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}
