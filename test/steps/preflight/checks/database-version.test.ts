import {beforeEach, describe, expect, it} from 'vitest'
import {newEngineVersion} from '../../../../src/environment/database.js'
import type {TemplateSet} from '../../../../src/steps/deploy/template-set.js'
import {parseTemplate} from '../../../../src/template/index.js'
import {smallTemplates} from '../../../helpers/contexts.js'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {virtualClock} from '../../../helpers/virtual-clock.js'
import {emptyAws, finding, stands} from '../fixture.js'

const id = 'database-version'
const version = (line: string) => `8.0.mysql_aurora.${line}`
const asked = (line: string) => ({parameters: {DatabaseEngineVersion: version(line)}})
const existingStacks = stands('demo', 'CREATE_COMPLETE')
let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

/** A database of this version in the main template, with a parameter for it or without. */
function withDatabase({line, hasParameter}: {line: string; hasParameter: boolean}): TemplateSet {
  const templates = smallTemplates()
  const name = 'main-stack.yaml'
  const parameters = hasParameter ? `DatabaseEngineVersion: {Type: String, Default: ${version(line)}}` : ''
  const text = `
Parameters:
  EnvironmentName: {Type: String}
  ${parameters}
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      EngineVersion: ${hasParameter ? '!Ref DatabaseEngineVersion' : version(line)}
`
  const files = new Map([...templates.files, [name, {name, text, template: parseTemplate(text, name)}]])
  return {...templates, files}
}

describe('of a database that is to be made', () => {
  it('passes when the region offers the version', async () => {
    const templates = withDatabase({line: '3.08.2', hasParameter: true})
    expect(await finding(id, aws, {templates})).toEqual({verdict: 'pass', detail: newEngineVersion})
  })

  it('looks at the real templates', async () => {
    aws.engineVersions = []
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'block',
      detail: expect.stringMatching(/ of aurora-mysql is not available in us-west-2; there are: none\.$/),
    })
  })

  it('blocks when it does not, and names what it offers and where to say so', async () => {
    const templates = withDatabase({line: '3.08.2', hasParameter: true})
    aws.engineVersions = [version('3.10.0'), version('3.9.0'), version('3.08.2')]
    expect(await finding(id, aws, {templates})).toEqual({
      verdict: 'block',
      detail: `Version ${newEngineVersion} of aurora-mysql is not available in us-west-2; there are: ${version('3.08.2')}, ${version('3.9.0')}, ${version('3.10.0')}.`,
      advice: `Use the nearest one: --set DatabaseEngineVersion=${version('3.10.0')}; \`aws rds describe-db-engine-versions --engine aurora-mysql --region us-west-2\` shows all. Or deploy to another --region.`,
    })
  })

  it('names the template where that has no parameter for it', async () => {
    const templates = withDatabase({line: '3.02.0', hasParameter: false})
    expect(await finding(id, aws, {templates})).toMatchObject({
      verdict: 'block',
      advice: expect.stringContaining(
        `Put the nearest one, ${version('3.08.2')}, into data-stack.yaml as EngineVersion`,
      ),
    })
  })

  it('says so when AWS has withdrawn the version, and names the first after it', async () => {
    const templates = withDatabase({line: '3.07.1', hasParameter: true})
    aws.withdrawnVersions = [version('3.07.1')]
    expect(await finding(id, aws, {templates, ...asked('3.07.1')})).toMatchObject({
      verdict: 'block',
      detail: expect.stringContaining(
        '3.07.1 of aurora-mysql has been withdrawn by AWS in us-west-2; there are: ',
      ),
      advice: expect.stringContaining(`--set DatabaseEngineVersion=${version('3.08.2')};`),
    })
  })

  it('warns with the dates once AWS has ended its support', async () => {
    const end = virtualClock().now()
    aws.supportEnds = {standard: end + 1, extended: end + 400 * 86_400_000}
    expect(await finding(id, aws)).toMatchObject({verdict: 'pass'})
    const day = (time: number) => new Date(time).toISOString().slice(0, 10)
    aws.supportEnds = {standard: end - 86_400_000, extended: end + 86_400_000}
    expect(await finding(id, aws)).toEqual({
      verdict: 'warn',
      detail: `AWS ended the standard support of aurora-mysql 8.0 on ${day(end - 86_400_000)}. Until ${day(end + 86_400_000)}, RDS Extended Support is charged for it, per vCPU and hour.`,
      advice: 'Use templates with a later one, which Keycloak must support as well.',
    })
    aws.supportEnds = {standard: end - 3 * 86_400_000, extended: end - 86_400_000}
    aws.engineVersions = [...aws.engineVersions, '8.4.mysql_aurora.8.4.7']
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining(`Its Extended Support ended on ${day(end - 86_400_000)}`),
      advice: expect.stringContaining('--set DatabaseEngineVersion=8.4.mysql_aurora.8.4.7'),
    })
  })

  it('goes by the version that is asked for', async () => {
    const templates = withDatabase({line: '3.10.0', hasParameter: true})
    expect(await finding(id, aws, {templates, ...asked('3.02.0')})).toMatchObject({verdict: 'block'})
    expect(await finding(id, aws, {templates, ...asked('3.08.2')})).toMatchObject({
      verdict: 'pass',
      detail: version('3.08.2'),
    })
  })
})

describe('of an existing database', () => {
  beforeEach(() => {
    aws.clusterVersions = [version('3.10.0')]
  })

  it('passes when nothing is asked, whatever the region still offers', async () => {
    aws.engineVersions = []
    expect(await finding(id, aws, {}, existingStacks)).toMatchObject({verdict: 'pass'})
  })

  it('passes when it has the version that is asked for', async () => {
    aws.engineVersions = []
    expect(await finding(id, aws, asked('3.10.0'), existingStacks)).toMatchObject({verdict: 'pass'})
  })

  it('blocks an earlier version', async () => {
    expect(await finding(id, aws, asked('3.08.2'), existingStacks)).toEqual({
      verdict: 'block',
      detail: `The database runs ${version('3.10.0')}, and Aurora cannot be downgraded to ${version('3.08.2')}.`,
      advice: `Leave DatabaseEngineVersion out, or give ${version('3.10.0')}: the database then keeps its version.`,
    })
  })

  it('warns that a later one restarts it and cannot be undone', async () => {
    expect(await finding(id, aws, asked('3.10.3'), existingStacks)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining(`upgraded from ${version('3.10.0')} to ${version('3.10.3')}`),
    })
  })

  it('blocks a later one that the region does not offer', async () => {
    expect(await finding(id, aws, asked('3.99.0'), existingStacks)).toMatchObject({
      verdict: 'block',
      detail: expect.stringContaining('is not available'),
    })
  })

  it('blocks an earlier version also when only services are missing, in layout individual', async () => {
    const settings = {layout: 'individual', ...asked('3.08.2')} as const
    const most = (context: Parameters<typeof existingStacks>[0]) => {
      for (const name of ['network', 'data', 'compute']) {
        stands(`demo-${name}`, 'CREATE_COMPLETE', 'individual')(context)
      }
    }
    expect(await finding(id, aws, settings, most)).toMatchObject({verdict: 'block'})
  })
})
