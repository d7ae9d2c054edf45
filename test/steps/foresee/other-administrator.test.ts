import {expect, it} from 'vitest'
import {otherAdministrator} from '../../../src/steps/foresee/other-administrator.js'
import {interruptionWords} from '../../../src/steps/foresee/refusals.js'

const foreseen = (before: Record<string, string>, after: Record<string, string>) =>
  otherAdministrator({name: 'demo', parameters: before}, {parameters: after}).map(interruptionWords)

it('tells that Keycloak does not take over a new name of its administrator', () => {
  expect(foreseen({KeycloakAdminUsername: 'admin'}, {KeycloakAdminUsername: 'boss'})).toEqual([
    expect.stringMatching(
      /^demo\/KeycloakAdminParameter \(AWS::SSM::Parameter\) is changed: Keycloak keeps the administrator admin/,
    ),
  ])
})

it('passes the same name, one that stays, and a stack without one', () => {
  expect(foreseen({KeycloakAdminUsername: 'admin'}, {KeycloakAdminUsername: 'admin'})).toEqual([])
  expect(foreseen({KeycloakAdminUsername: 'admin'}, {})).toEqual([])
  expect(foreseen({}, {KeycloakAdminUsername: 'boss'})).toEqual([])
})
