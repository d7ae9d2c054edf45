/**
 * About what something costs while it exists: `usd` US dollars for one of what `per` says (`month`, `GiB and month`, …). An
 * estimate by list prices of one region, as they were in the year `asOf`; 0 for what costs nothing by itself.
 */
export interface Cost {
  usd: number
  per: string
  asOf: number
}
