import type {AppRequest} from '../../../resources/http-messages.js'

/** The cookies of a request, by name. */
export function cookiesOf({headers}: AppRequest): ReadonlyMap<string, string> {
  const pairs = (headers.cookie ?? '').split(';').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=')
    return equals < 0 ? [] : [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()]]
  })
  return new Map(pairs)
}
