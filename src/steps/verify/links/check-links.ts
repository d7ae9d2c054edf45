import {keycloakM2mClientSecretName, verifyLoginSecretName} from '../../../environment/names.js'
import type {LinkHealth} from '../../../results.js'
import type {CheckTarget} from '../check-target.js'
import type {Finding} from '../problem.js'
import {createAsk} from './ask.js'
import {BrokenLink, Chain} from './chain.js'
import {findRealm, readVerifyPassword} from './realm-links.js'
import type {LinkScope} from './scope.js'
import {readSecrets} from './secret-texts.js'

/** A dropped connection says little; three in a row say something. */
const attempts = 3
/** Of the clock. */
const retryMs = 2000

/**
 * Goes the whole way of a student, from the realm to the list of tools, and says which link of it broke. What does not
 * depend on the broken one is tried all the same: a login and a program's token have only the realm in common.
 */
export async function checkLinks(target: CheckTarget): Promise<Finding<LinkHealth>[]> {
  for (let attempt = 1; ; attempt++) {
    const chain = await goOnce(target)
    if (!chain.isUnanswered || attempt === attempts) return chain.findings()
    await target.clock.sleep(retryMs, target.signal)
  }
}

async function goOnce(target: CheckTarget): Promise<Chain> {
  const chain = new Chain()
  // Libraries for tokens and MCP are large, and only needed here.
  const libraries = Promise.all([
    import('./login-links.js'),
    import('./machine-links.js'),
    import('./mcp-links.js'),
  ])
  // Whoever fails first is reported below.
  libraries.catch(() => {})
  const {environment} = target
  const names = [verifyLoginSecretName(environment), keycloakM2mClientSecretName(environment)]
  const secretTexts = await readSecrets(target, names)
  await target.aws.web(async web => {
    const scope: LinkScope = {target, ask: createAsk(web, target), secretTexts, secrets: new Set()}
    await untilBroken(async () => {
      const password = await readVerifyPassword(chain, scope)
      const realm = await findRealm(chain, scope)
      const [{logInAsStudent}, {getMachineToken}, {talkMcp}] = await libraries
      await Promise.all([
        untilBroken(() => logInAsStudent(chain, scope, {realm, password})),
        untilBroken(async () => {
          const token = await getMachineToken(chain, scope, realm)
          await talkMcp(chain, scope, {web, token})
        }),
      ])
    })
  })
  return chain
}

/** The chain has noted what is broken; anything else that is thrown is no finding. */
async function untilBroken(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof BrokenLink)) throw error
  }
}
