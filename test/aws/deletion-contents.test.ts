import {expect, test} from 'vitest'
import type {Clients} from '../../src/aws/clients.js'
import {deletableKinds} from '../../src/aws/deleting-command.js'
import {createDeletionContents, kindsWithContents} from '../../src/aws/deletion-contents.js'

const target = (kind: string, name: string, arn = `arn:${name}`) => ({kind, name, arn})

/** The clients with nothing but what is asked of them here. */
const clientsWith = (client: keyof Clients, answers: Readonly<Record<string, unknown>>) =>
  ({
    [client]: async () =>
      Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, async () => answer])),
  }) as unknown as Clients

const read = (client: keyof Clients, answers: Readonly<Record<string, unknown>>) =>
  createDeletionContents(clientsWith(client, answers))

test('rules of other groups that name a security group are revoked, each in its direction', async () => {
  const rule = (SecurityGroupRuleId: string, IsEgress: boolean, GroupId: string) => ({
    ...{SecurityGroupRuleId, IsEgress, GroupId: 'sg-2', ReferencedGroupInfo: {GroupId}},
  })
  const contents = read('ec2', {
    describeSecurityGroupRules: {
      SecurityGroupRules: [
        rule('sgr-1', false, 'sg-1'),
        rule('sgr-2', true, 'sg-1'),
        rule('sgr-3', true, 'sg-3'),
      ],
    },
  })
  expect((await contents(target('ec2:security-group', 'sg-1'))).before).toEqual([
    'ec2 revoke-security-group-ingress --group-id sg-2 --security-group-rule-ids sgr-1',
    'ec2 revoke-security-group-egress --group-id sg-2 --security-group-rule-ids sgr-2',
  ])
})

test('policies leave a role before it goes', async () => {
  const contents = read('iam', {
    listAttachedRolePolicies: {AttachedPolicies: [{PolicyArn: 'arn:aws:iam::aws:policy/X'}]},
    listRolePolicies: {PolicyNames: ['in-line']},
  })
  expect((await contents(target('iam:role', 'path/demo'))).before).toEqual([
    'iam detach-role-policy --role-name demo --policy-arn arn:aws:iam::aws:policy/X',
    'iam delete-role-policy --role-name demo --policy-name in-line',
  ])
})

test('versions of a bucket go in one call, unless they are too many or their names would need quotes', async () => {
  const contentsOf = (...keys: string[]) =>
    read('s3', {
      listObjectVersions: {Versions: keys.map(Key => ({Key, VersionId: 'v1'}))},
    })(target('s3:bucket', 'b'))
  expect((await contentsOf('a name', 'b/c.txt')).before).toEqual([
    "s3api delete-objects --bucket b --delete 'Objects=[{Key=a name,VersionId=v1},{Key=b/c.txt,VersionId=v1}],Quiet=true'",
  ])
  expect((await contentsOf("o'hara")).before).toEqual([])
  expect((await contentsOf(...Array.from({length: 101}, (_, index) => `${index}`))).before).toEqual([])
})

test('a proxy and a scalable target are called by the name that their ARN lacks', async () => {
  const proxies = read('rds', {describeDBProxies: {DBProxies: [{DBProxyArn: 'arn:p', DBProxyName: 'demo'}]}})
  expect(await proxies(target('rds:db-proxy', 'prx-1', 'arn:p'))).toEqual({before: [], name: 'demo'})
  const targets = read('autoScaling', {
    describeScalableTargets: {ScalableTargets: [{ScalableTargetARN: 'arn:t', ResourceId: 'service/a/b'}]},
  })
  expect(await targets(target('application-autoscaling:scalable-target', '0a', 'arn:t'))).toEqual({
    ...{before: [], name: 'service/a/b'},
  })
})

test('what may not be read has nothing in it: AWS says so when the rest is deleted', async () => {
  const denied = {
    ec2: () => Promise.reject(new Error('AccessDenied')),
  } as unknown as Clients
  expect(await createDeletionContents(denied)(target('ec2:security-group', 'sg-1'))).toEqual({before: []})
})

test('what is looked into are kinds that have a command', () => {
  expect(kindsWithContents.filter(kind => !deletableKinds.includes(kind))).toEqual([])
})
