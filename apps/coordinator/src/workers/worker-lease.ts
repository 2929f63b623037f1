/** How often a worker renews its registration, and after how long without it gets no new work. */
export const RENEW_EVERY_MS = 2_000;
/** Two renewals may be lost; a worker that is busy or behind a slow link is not given up at once. */
export const EXPIRES_AFTER_MS = 6_500;
