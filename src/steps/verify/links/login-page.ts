/**
 * Where Keycloak's login form sends user name and password; undefined on any other page.
 * Source: Keycloak's theme `base`, login.ftl: the form's action is `url.loginAction`, a path that ends with
 * `/login-actions/authenticate`.
 */
export function loginActionOf(page: string, base: URL): URL | undefined {
  for (const [, , action = ''] of page.matchAll(/\baction\s*=\s*(["'])(.*?)\1/gis)) {
    const address = withoutEntities(action)
    if (!URL.canParse(address, base.href)) continue
    const url = new URL(address, base)
    if (url.pathname.endsWith('/login-actions/authenticate')) return url
  }
  return undefined
}

/** What a page of Keycloak's tells people: its error, else its title. */
export function messageOn(page: string): string {
  const found = messages.map(pattern => pattern.exec(page)?.groups?.text).find(text => text?.trim())
  return withoutEntities((found ?? '').replace(/<[^>]*>/g, ' ')).trim()
}

/** Source: Keycloak's theme `base`, error.ftl, template.ftl and login.ftl; the title for pages of others. */
const messages = [
  /id="kc-error-message"[^>]*>\s*<p[^>]*>(?<text>.*?)<\/p>/is,
  /id="input-error[^"]*"[^>]*>(?<text>.*?)<\/span>/is,
  /class="[^"]*kc-feedback-text[^"]*"[^>]*>(?<text>.*?)<\/span>/is,
  /<title>(?<text>.*?)<\/title>/is,
]

function withoutEntities(text: string): string {
  return text
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]{1,5});/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
