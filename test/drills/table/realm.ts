import type {Drill} from '../harness/drill.js'

export const realm: readonly Drill[] = [
  {
    name: 'a class gets students later',
    start: 'deployed',
    command: 'mcpgw realm --students 30',
    expect: {exit: 0},
  },
  {
    name: 'Keycloak is away when students are to be made',
    start: 'deployed',
    faults: ['flap *-keycloak every=1s'],
    begunBefore: 60,
    command: 'mcpgw realm --students 30',
    expect: {
      exit: 1,
      code: 'REALM_UNREACHABLE',
      message: /gives no answer that can be used: .*HTTP 503/,
      next: /^mcpgw verify --rehearse$/,
    },
  },
  {
    name: 'Ctrl-C while Keycloak is away',
    start: 'deployed',
    faults: ['flap *-keycloak every=1s'],
    begunBefore: 60,
    command: 'mcpgw realm --students ada',
    interruptAt: /trying again/,
    expect: {exit: 130, next: /^mcpgw realm --rehearse --students ada$/},
  },
  {
    name: 'the time is up while Keycloak is away',
    start: 'deployed',
    faults: ['flap *-keycloak every=1s'],
    begunBefore: 60,
    command: 'mcpgw realm --timeout 20s',
    expect: {exit: 4, code: 'TIMED_OUT', next: /^mcpgw realm --rehearse$/},
  },
  {
    name: 'nobody may read the secrets that the realm is made of',
    start: 'deployed',
    faults: ['deny secretsmanager:GetSecretValue'],
    command: 'mcpgw realm',
    expect: {exit: 1, code: 'ACCESS_DENIED', message: /secretsmanager:GetSecretValue/},
  },
  {
    name: 'nobody may keep the passwords of students',
    start: 'deployed',
    faults: ['deny secretsmanager:PutSecretValue'],
    command: 'mcpgw realm --students ada',
    expect: {exit: 1, code: 'ACCESS_DENIED', message: /secretsmanager:PutSecretValue/},
  },
  {
    name: 'students are to be made where nothing exists',
    start: 'empty',
    command: 'mcpgw realm --students 3',
    expect: {exit: 1, code: 'NO_SUCH_ENVIRONMENT'},
  },
]
