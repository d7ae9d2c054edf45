import type {AppAnswer} from '../../../../resources/http-messages.js'
import {escaped, neverStored, page} from './answers.js'
import type {Login} from './sessions.js'
import {issuerOf, type RealmVisit} from './visit.js'

/** The form in which people log in: its names are those of Keycloak's theme. */
export function loginPage(
  visit: RealmVisit,
  login: Login,
  options: {error?: string; username?: string; cookies?: string[]} = {},
): AppAnswer {
  const query = new URLSearchParams({
    session_code: login.formCode,
    execution: executionOf(visit),
    client_id: login.clientId,
    tab_id: login.tab,
  })
  const action = `${issuerOf(visit)}/login-actions/authenticate?${query.toString()}`
  const error = options.error
    ? `\n<span id="input-error" class="pf-c-form__helper-text pf-m-error" aria-live="polite">${escaped(options.error)}</span>`
    : ''
  return page(
    200,
    `Sign in to ${nameOf(visit)}`,
    `<h1 id="kc-page-title">Sign in to your account</h1>
<form id="kc-form-login" action="${escapedUrl(action)}" method="post">
<label for="username">Username or email</label>
<input tabindex="1" id="username" name="username" value="${escaped(options.username ?? '')}" type="text" autofocus autocomplete="off"/>${error}
<label for="password">Password</label>
<input tabindex="2" id="password" name="password" type="password" autocomplete="off"/>
<input type="hidden" id="id-hidden-input" name="credentialId"/>
<input tabindex="4" name="login" id="kc-login" type="submit" value="Sign In"/>
</form>`,
    {...neverStored, ...(options.cookies && {'set-cookie': options.cookies})},
  )
}

/** What people call a realm. */
export function nameOf({realm}: RealmVisit): string {
  return String(realm.settings.displayName ?? realm.realm)
}

/** Of the step of the browser flow that asks for a password; one for each realm. */
function executionOf({realm}: RealmVisit): string {
  return realm.id
}

function escapedUrl(url: string): string {
  return url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
