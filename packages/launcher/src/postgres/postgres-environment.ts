/** All that PostgreSQL gets to see of our environment: its messages must be in English, since starts are judged by them. */
export const POSTGRES_ENVIRONMENT = {
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
  LC_ALL: "C",
  TZ: "UTC",
} as const;
