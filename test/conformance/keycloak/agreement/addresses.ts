import type {Conversation} from './conversation.js'

const master = '/realms/master'
const discovery = '/.well-known/openid-configuration'

/** Paths and addresses of a Keycloak with no realm but master. */
export async function askForAddresses(talk: Conversation): Promise<void> {
  const {balancerUrl: base} = talk.party
  const browser = {headers: {accept: 'text/html'}}
  await talk.ask('the first page', '/')
  await talk.ask('an unknown path', '/nothing/here')
  await talk.ask('an unknown path, posted to', '/nothing', {form: {a: '1'}})
  await talk.ask('an unknown path, asked by a browser', '/nothing', browser)
  await talk.ask('no realm', '/realms')
  await talk.ask('a realm', master)
  await talk.ask('a realm with a slash behind it', `${master}/`)
  await talk.ask('an unknown path of a realm', `${master}/nothing`)
  await talk.ask('an unknown document of a realm', `${master}/.well-known/nothing`)
  await talk.ask('a realm, posted to', master, {form: {a: '1'}})
  await talk.ask('a realm that does not exist', '/realms/nothing')
  await talk.ask('a realm that does not exist, asked by a browser', '/realms/nothing', browser)
  await talk.ask('the OpenID configuration of no realm', `/realms/nothing${discovery}`)
  await talk.ask('the keys of no realm', '/realms/nothing/protocol/openid-connect/certs')
  await talk.ask('a token of no realm', '/realms/nothing/protocol/openid-connect/token', {
    form: {grant_type: 'client_credentials', client_id: 'x', client_secret: 'y'},
  })
  await talk.ask('the OpenID configuration', `${master}${discovery}`)
  await talk.ask('the OpenID configuration by another Host', `${master}${discovery}`, {base})
  const {json} = await talk.send(`${master}/protocol/openid-connect/certs`)
  talk.keep(
    'the keys for signatures',
    json.keys.filter(({use}: any) => use === 'sig').map(withoutCertificate),
  )
  await talk.ask('the admin console', '/admin')
  await talk.ask('the admin console with a slash behind it', '/admin/')
  await talk.ask('the admin console by another Host', '/admin/', {base})
}

/** Nobody asks for the certificate of a key. */
function withoutCertificate({x5c: _, x5t: __, 'x5t#S256': ___, ...key}: any): unknown {
  return key
}
