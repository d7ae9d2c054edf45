import {describe, expect, it} from 'vitest'
import {failed} from '../../../src/errors.js'
import {otherAdministrator} from '../../../src/steps/foresee/other-administrator.js'
import {interruptionWords} from '../../../src/steps/foresee/refusals.js'

const foreseen = async (
  before: Record<string, string>,
  after: Record<string, string>,
  value: () => Promise<string | undefined> = async () => undefined,
) => {
  const place = {aws: {secrets: {value}}, environment: 'demo'}
  const found = await otherAdministrator(place, {name: 'demo', parameters: before}, {parameters: after})
  return found.map(interruptionWords)
}

it('tells that Keycloak does not take over a new name of its administrator', async () => {
  expect(await foreseen({KeycloakAdminUsername: 'admin'}, {KeycloakAdminUsername: 'boss'})).toEqual([
    expect.stringMatching(
      /^demo\/KeycloakAdminParameter \(AWS::SSM::Parameter\) is changed: Keycloak keeps the administrator admin/,
    ),
  ])
})

it('passes the same name, one that stays, and a stack without one', async () => {
  expect(await foreseen({KeycloakAdminUsername: 'admin'}, {KeycloakAdminUsername: 'admin'})).toEqual([])
  expect(await foreseen({KeycloakAdminUsername: 'admin'}, {})).toEqual([])
  expect(await foreseen({}, {KeycloakAdminUsername: 'boss'})).toEqual([])
})

describe('a password of the administrator that is given', () => {
  const [before, after] = [{KeycloakAdminPassword: '****'}, {KeycloakAdminPassword: 'canary-of-the-new-one'}]

  it('is told when it is another than the one in the secret, without either of them', async () => {
    const [words = ''] = await foreseen(before, after, async () => '{"password": "canary-of-the-old-one"}')
    expect(words).toMatch(
      /^demo\/KeycloakAdminSecret \(AWS::SecretsManager::Secret\) is changed: Keycloak keeps/,
    )
    expect(words).not.toContain('canary')
  })

  it('passes when it is the same, left out, or generated', async () => {
    const same = async () => '{"password": "canary-of-the-new-one"}'
    expect(await foreseen(before, after, same)).toEqual([])
    expect(await foreseen(before, {}, same)).toEqual([])
    expect(await foreseen(before, {KeycloakAdminPassword: ''}, same)).toEqual([])
  })

  it('is told as what may be another where the secret may not be read', async () => {
    const denied = async () => {
      throw failed('ACCESS_DENIED', 'You may not.')
    }
    expect(await foreseen(before, after, denied)).toEqual([expect.stringContaining('may be changed: ')])
  })
})
