import {priceBasis, priceOf} from '../environment/prices.js'
import type {Cost} from '../results.js'

/**
 * About what one of a resource type, or of a kind as in ARNs, costs; null where nobody here can tell.
 * @param size GiB that are stored; where it is not known, the price stays one of a GiB
 */
export function costOf(typeOrKind: string, size = 0): Cost | null {
  const price = priceOf(typeOrKind)
  if (price === undefined) return null
  const {year: asOf} = priceBasis
  if (price.per !== 'GiB and month' || size <= 0) return {...price, asOf}
  return {usd: Math.round(price.usd * size * 100) / 100, per: 'month', asOf}
}
