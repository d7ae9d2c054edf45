import type {AppAnswer, AppRequest} from '../../../../resources/http-messages.js'

/** Headers that Keycloak puts on nearly every answer. Source: answers of Keycloak 23.0.7. */
const safeHeaders = {
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'x-xss-protection': '1; mode=block',
}

export function reply(status: number, body?: unknown, headers: AppAnswer['headers'] = {}): AppAnswer {
  const type: AppAnswer['headers'] = body === undefined ? {} : {'content-type': 'application/json'}
  return {
    status,
    headers: {...safeHeaders, ...type, ...headers},
    body: body === undefined ? '' : JSON.stringify(body),
  }
}

/** What the realm and the admin API show, as Keycloak sends what it has read. */
export function shown(body: unknown): AppAnswer {
  return reply(200, body, {'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-cache'})
}

/** What ends a request early: an answer that is not the one hoped for. */
export class Refused extends Error {
  readonly answer: AppAnswer

  constructor(answer: AppAnswer) {
    super(answer.body)
    this.answer = answer
  }
}

/** `{"error": …}`, as Keycloak's admin API and its dispatcher say no. */
export function refusal(status: number, error: string): Refused {
  return new Refused(reply(status, {error}))
}

/** `{"errorMessage": …}`, as the admin API says that something exists already or is missing. */
export function conflict(errorMessage: string, status = 409): Refused {
  return new Refused(reply(status, {errorMessage}))
}

/** An OAuth error. Source: RFC 6749, "Error Response". */
export function oauthRefusal(status: number, error: string, description: string): Refused {
  return new Refused(
    reply(status, {error, error_description: description}, {'cache-control': 'no-store', pragma: 'no-cache'}),
  )
}

/** What the real one can do and this one cannot: nobody shall take it for done. */
export function lacking(what: string): Refused {
  return refusal(501, `The Keycloak of the embedded account lacks ${what}.`)
}

/** Of a path that nothing answers. Source: Keycloak 23.0.7; RESTEasy Reactive's dispatcher. */
export const noSuchPath: AppAnswer = {
  status: 404,
  headers: {'content-type': 'application/json'},
  body: JSON.stringify({error: 'Unable to find matching target resource method'}),
}

/** What a browser is shown in place of an error that a program would read. */
export function forReader(answer: AppAnswer, {headers}: AppRequest): AppAnswer {
  const isError = answer.status === 404 && answer.headers['content-type'] === 'application/json'
  return isError && headers.accept?.includes('text/html')
    ? errorPage(404, 'Keycloak', 'Page not found')
    : answer
}

/** What `answer` comes to, or the answer that ended it early. */
export async function answered(answer: () => Promise<AppAnswer> | AppAnswer): Promise<AppAnswer> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

/** Of pages and answers on the way of a login. */
export const neverStored = {'cache-control': 'no-store, must-revalidate, max-age=0'}

/** A page of Keycloak's login theme. What it says comes from requests and must not become markup. */
export function page(
  status: number,
  title: string,
  body: string,
  headers: AppAnswer['headers'] = {},
): AppAnswer {
  return {
    status,
    headers: {
      ...safeHeaders,
      'content-type': 'text/html;charset=utf-8',
      ...headers,
    },
    body: `<!DOCTYPE html>\n<html class="login-pf">\n<head><title>${escaped(title)}</title></head>\n<body>\n${body}\n</body>\n</html>\n`,
  }
}

/** Keycloak's page for what cannot continue. */
export function errorPage(
  status: number,
  realm: string,
  words: string,
  headers: AppAnswer['headers'] = {},
): AppAnswer {
  return page(
    status,
    `Sign in to ${realm}`,
    `<h1 id="kc-page-title">We are sorry...</h1>\n<div id="kc-error-message"><p class="instruction">${escaped(words)}</p></div>`,
    headers,
  )
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${String(character.codePointAt(0))};`)
}
