import {callback, realm, web} from './class-realm.js'
import {type Conversation, claimsOf} from './conversation.js'
import type {Reply} from './party.js'

const openid = `/realms/${realm}/protocol/openid-connect`

/** A login with a browser, by code, and what goes wrong with it. */
export async function askForLogins(talk: Conversation): Promise<void> {
  const page = await talk.ask('the login page', asked())
  talk.keep('where it sends the form', formOf(page))
  await talk.ask('an unknown client', asked({client_id: 'nothing'}))
  await talk.ask('another address to come back to', asked({redirect_uri: 'https://elsewhere.example.com/'}))
  await talk.ask('an unknown scope', asked({scope: 'nothing'}))
  await talk.ask('no login wanted', asked({prompt: 'none'}))
  await talk.ask('no response type', asked({response_type: ''}))

  await talk.ask('a wrong password', pathOf(page), {
    form: {username: 'student-01', password: 'wrong'},
    ...cookies(page),
  })
  const again = await talk.send(asked())
  const loggedIn = await talk.ask('the right password', pathOf(again), {...rightPassword, ...cookies(again)})
  await talk.ask('no cookies', pathOf(again), rightPassword)

  const code = codeOf(loggedIn)
  const form = {...web, grant_type: 'authorization_code', redirect_uri: callback}
  const tokens = await talk.ask('the code', `${openid}/token`, {form: {...form, code}})
  talk.keep('claims', claimsOf(tokens.json.access_token))
  talk.keep('id token', claimsOf(tokens.json.id_token))
  await talk.ask('the code again', `${openid}/token`, {form: {...form, code}})
  await talk.ask('a garbled code', `${openid}/token`, {form: {...form, code: 'x'}})
  await talk.ask('no code', `${openid}/token`, {form})
  await talk.ask('a browser that is logged in', asked(), cookies(again, loggedIn))
  const other = await talk.send(asked())
  const otherCode = codeOf(await talk.send(pathOf(other), {...rightPassword, ...cookies(other)}))
  await talk.ask('the code with another address', `${openid}/token`, {
    form: {...form, code: otherCode, redirect_uri: `${callback}/other`},
  })
}

const rightPassword = {form: {username: 'student-01', password: 'student-secret'}}

function asked(changed: Readonly<Record<string, string>> = {}): string {
  return `${openid}/auth?${new URLSearchParams({
    client_id: web.client_id,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: callback,
    state: 'state-of-the-test',
    ...changed,
  })}`
}

/** The address of the form, with what is drawn by lot left out. */
function formOf(page: Reply): Record<string, unknown> {
  const url = actionOf(page)
  return {
    address: `${url.origin}${url.pathname}`,
    parameters: [...url.searchParams.keys()],
    client: url.searchParams.get('client_id'),
    fields: Array.from(page.text.matchAll(/<input[^>]* name="(\w+)"/g), ([, name]) => name).filter(
      name => name === 'username' || name === 'password',
    ),
  }
}

function actionOf({text}: Reply): URL {
  const [, action] = /<form[^>]* action="([^"]+)"/.exec(text) ?? []
  if (action === undefined) throw new Error(`There is no form in ${text}`)
  return new URL(action.replaceAll('&amp;', '&'))
}

function pathOf(page: Reply): string {
  const {pathname, search} = actionOf(page)
  return `${pathname}${search}`
}

/** The cookies that these answers have set, one after the other, as a browser sends them back. */
function cookies(...replies: readonly Reply[]): {headers: Record<string, string>} {
  const jar = new Map<string, string>()
  for (const cookie of replies.flatMap(({headers}) => headers.getSetCookie())) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (/Max-Age=0/i.test(cookie)) jar.delete(name)
    else jar.set(name, value)
  }
  return {headers: {cookie: Array.from(jar, pair => pair.join('=')).join('; ')}}
}

function codeOf({headers}: Reply): string {
  const location = headers.get('location')
  const code = location === null ? null : new URL(location).searchParams.get('code')
  if (code === null) throw new Error(`There is no code in ${location}`)
  return code
}
