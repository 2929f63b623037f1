/** What a row of `classifications` has as one text: its label, or all of them in the order of their ids (`invoice;reminder`). No id has a semicolon. */
export function labelSetOf(table: string): string {
  return `coalesce((select string_agg(one ->> 'category', ';' order by one ->> 'category' collate "C")
                      from jsonb_array_elements(${table}.labels) one), ${table}.category)`;
}
