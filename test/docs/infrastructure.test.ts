import {spawnSync} from 'node:child_process'
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {services} from '../../src/environment/services.js'
import {childStacks, mainTemplate} from '../../src/environment/stacks.js'
import {parseTemplate} from '../../src/template/index.js'
import {readFlowchart} from './mermaid.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(join(root, 'docs/infrastructure.md'), 'utf8')
const templates = [mainTemplate, ...childStacks.map(({template}) => template)].map(name =>
  parseTemplate(readFileSync(join(root, 'cloudformation', name), 'utf8'), name),
)
const [main] = templates
const types = new Set(templates.flatMap(({resources}) => Object.values(resources).map(({type}) => type)))

const generate = (...options: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts/document-infrastructure.mjs'), ...options], {
    encoding: 'utf8',
  })

/** The text between two markers. */
const section = (marker: string, text = page) =>
  new RegExp(`<!-- ${marker} -->([\\s\\S]*?)<!-- ${marker}stop -->`).exec(text)?.[1] ?? ''
const firstCells = (text: string) =>
  Array.from(text.matchAll(/^\| `([\w:]+)` \|/gm), ([, name]) => name ?? '')
const flowchart = (marker: string, text = page) =>
  readFlowchart(/```mermaid\n([\s\S]*?)```/.exec(section(marker, text))?.[1] ?? '')

describe('docs/infrastructure.md', () => {
  test('is what the templates say (npm run docs writes it)', () => {
    expect(generate('--check')).toMatchObject({status: 0, stderr: ''})
  })

  test('counts every resource type of the templates, and no others', () => {
    expect(firstCells(section('resources'))).toEqual([...types].sort())
  })

  test('explains every parameter and output of the main template', () => {
    expect(firstCells(section('parameters')).sort()).toEqual(Object.keys(main?.parameters ?? {}).sort())
    expect(firstCells(section('outputs'))).toEqual(Object.keys(main?.outputs ?? {}))
  })

  test('names every parameter beside its Terraform variable, and none that does not exist', () => {
    const [, comparison = ''] = page.split('### Variables and parameters')
    const cells = Array.from(comparison.matchAll(/^\|[^|]*\|([^|]*)\|/gm), ([, cell]) => cell ?? '')
    const named = cells.flatMap(cell => Array.from(cell.matchAll(/`([A-Z]\w+)`/g), ([, name]) => name))
    expect(named.sort()).toEqual(Object.keys(main?.parameters ?? {}).sort())
  })

  test('has a row for what AWS bills', () => {
    const billed = [
      'ApplicationAutoScaling::ScalingPolicy',
      'CloudFront::Distribution',
      'CloudFront::Function',
      'CloudWatch::Alarm',
      'CodeBuild::Project',
      'EC2::EIP',
      'EC2::NatGateway',
      'EC2::VPCEndpoint',
      'ECR::Repository',
      'ECS::Cluster',
      'ECS::Service',
      'EFS::FileSystem',
      'ElasticLoadBalancingV2::LoadBalancer',
      'KMS::Key',
      'Lambda::Function',
      'Logs::LogGroup',
      'RDS::DBCluster',
      'RDS::DBInstance',
      'RDS::DBProxy',
      'SNS::Topic',
      'SecretsManager::Secret',
      'ServiceDiscovery::PrivateDnsNamespace',
    ].map(name => `AWS::${name}`)
    expect(firstCells(section('costs')).sort()).toEqual(billed.filter(type => types.has(type)).sort())
  })

  test('names no parameter that does not exist', () => {
    const hand = ['parameters', 'outputs', 'resources'].reduce(
      (text, marker) => text.replace(section(marker), ''),
      page,
    )
    const words = Array.from(hand.matchAll(/`([A-Z][a-z]+[A-Z]\w+)(?:=\w+)?`/g), ([, word = '']) => word)
    const known = new Set(
      templates.flatMap(({parameters, resources}) => Object.keys({...parameters, ...resources})),
    )
    // A state of a KMS key, and kinds of SSM parameters.
    const others = ['PendingDeletion', 'SecureString']
    expect(words.filter(word => !known.has(word) && !others.includes(word))).toEqual([])
  })
})

describe('the drawings', () => {
  test.each(['architecture', 'order'])('%s is a flowchart that Mermaid understands', marker => {
    const {problems, arrows} = flowchart(marker)
    expect(problems).toEqual([])
    expect(arrows.length).toBeGreaterThan(3)
  })

  test('lead from the clients to the database', () => {
    const {arrows} = flowchart('architecture')
    const way = [
      'clients',
      'compute_KeycloakDistribution',
      'compute_KeycloakAlb',
      'services_KeycloakService',
      'data_DatabaseProxy',
      'data_DatabaseCluster',
    ]
    for (const [index, from] of way.slice(0, -1).entries()) {
      expect(arrows).toContainEqual(expect.objectContaining({from, to: way[index + 1]}))
    }
    expect(arrows).toContainEqual({from: 'tasks', to: 'network_NatGateway1', label: undefined})
    expect(arrows).toContainEqual({
      from: 'compute_MainAlb',
      to: 'services_AuthServerService',
      label: 'HTTP 8888',
    })
  })

  test('show every service once, and stay small enough to read', () => {
    const {labels} = flowchart('architecture')
    const shown = Array.from(labels)
      .filter(([id]) => id.startsWith('services_') && id.endsWith('Service'))
      .flatMap(([, label]) => label.split('<br/>'))
    expect(shown).toHaveLength(services.length)
    expect(labels.size).toBeLessThan(40)
  })

  test('order the stacks as the main template does', () => {
    const needs = flowchart('order').arrows.map(({from, to}) => `${from} ${to}`)
    for (const {key, needs: before} of childStacks) {
      for (const other of before) expect(needs).toContain(`${other} ${key}`)
    }
  })

  test.each([
    ['graph XY', 'No flowchart: graph XY'],
    ['flowchart LR\n  end["x"]', 'Reserved: end'],
    ['flowchart LR\n  a["x"]\n  a["y"]', 'Declared twice: a'],
    ['flowchart LR\n  a["x"]\n  a --> b', 'Not declared: b'],
    ['flowchart LR\n  subgraph a["x"]', 'A box does not end.'],
    ['flowchart LR\n  end', 'A box ends that did not begin.'],
    ['flowchart LR\n  a[x "y"]', 'Not understood: a[x "y"]'],
  ])('the check of drawings finds the fault in %j', (code, problem) => {
    expect(readFlowchart(code).problems).toContain(problem)
  })
})

describe('of a changed template', () => {
  let folder: string
  let copy: string
  let readme: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcpgw-infrastructure-'))
    copy = join(folder, 'page.md')
    readme = join(folder, 'README.md')
    cpSync(join(root, 'README.md'), readme)
    cpSync(join(root, 'cloudformation'), folder, {recursive: true})
    writeFileSync(copy, page)
  })
  afterEach(() => rmSync(folder, {recursive: true}))

  const options = () => ['--templates', folder, '--page', copy, '--readme', readme]
  const change = (name: string, from: string | RegExp, to: string) => {
    const file = join(folder, `${name}-stack.yaml`)
    const text = readFileSync(file, 'utf8')
    const changed = text.replace(from, to)
    expect(changed === text).toBe(false)
    writeFileSync(file, changed)
  }

  test('the page is refused, and written anew it shows the change', () => {
    change('compute', /(AuthListener:[\s\S]*?Port:) 8888/, '$1 8889')
    change('services', /(TravelAssistantAgentTaskDefinition:[\s\S]*?Cpu:) '512'/, "$1 '256'")
    change(
      'network',
      /\nResources:\n/,
      '\nResources:\n  AnotherGateway:\n    Type: AWS::EC2::InternetGateway\n',
    )
    change('main', /(\n {2}MaxCapacity:\n(?: {4}.*\n)*? {4}Default:) '?4'?/, '$1 5')
    const refused = generate('--check', ...options())
    expect(refused.status).toBe(1)
    expect(refused.stderr).toBe(`${copy} is not what the templates say: run "npm run docs".\n`)
    expect(readFileSync(copy, 'utf8')).toBe(page)

    expect(generate(...options())).toMatchObject({status: 0, stderr: ''})
    const written = readFileSync(copy, 'utf8')
    const {labels, arrows, problems} = flowchart('architecture', written)
    expect(problems).toEqual([])
    expect(arrows).toContainEqual(expect.objectContaining({label: 'HTTP 8889'}))
    expect([...labels.values()]).toContain('internet gateway × 2')
    expect(section('resources', written)).toContain('| `AWS::EC2::InternetGateway` |  | 2 |')
    expect(section('parameters', written)).toContain('| `MaxCapacity` | `5` |')
    expect(section('tasks', written)).toContain(
      '| `mcp-gateway-travel-assistant-agent` | 0.25 | 1 | 1 to 5 | fixed |',
    )
    // What nobody generates stays.
    expect(written.replaceAll(/<!-- (\w+) -->[\s\S]*?<!-- \1stop -->/g, '')).toBe(
      page.replaceAll(/<!-- (\w+) -->[\s\S]*?<!-- \1stop -->/g, ''),
    )
  })

  test('the cost of a day follows it, on the front page as well', () => {
    change('main', /(\n {2}DatabaseMinACU:\n {4}Type: String\n {4}Default: )'0\.5'/, "$1'4.5'")
    expect(generate('--check', ...options()).stderr).toContain(`${readme} is not what the templates say`)
    expect(generate(...options())).toMatchObject({status: 0, stderr: ''})
    // 4 units more, 0.12 dollars an hour each.
    const perDay = (text: string) => Number(/\*\*\$?([\d.]+)/.exec(section('day', text))?.[1])
    expect(perDay(readFileSync(copy, 'utf8')) - perDay(page)).toBeCloseTo(11.52, 2)
    expect(Math.round(perDay(readFileSync(copy, 'utf8')))).toBe(perDay(readFileSync(readme, 'utf8')))
  })

  test('a new type is drawn under its own name, but nothing is written before its costs are known', () => {
    change('data', /\nResources:\n/, '\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n')
    const {status, stderr} = generate(...options())
    expect(status).toBe(1)
    expect(stderr).toContain('costs.mjs does not say whether AWS bills AWS::SQS::Queue.')
    expect(readFileSync(copy, 'utf8')).toBe(page)
  })

  test('a parameter that the console would not group is refused', () => {
    change('main', /\nParameters:\n/, '\nParameters:\n  Stray:\n    Type: String\n    Default: x\n')
    expect(generate(...options()).stderr).toContain('main-stack.yaml has no group or no label for Stray.')
  })
})
