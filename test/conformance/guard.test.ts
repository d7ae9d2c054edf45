import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {labels} from '../../src/parity/templates/template-set.js'
import {type Document, type Documents, loadTemplates} from '../properties/templates/template-set.js'

const here = (name: string) => fileURLToPath(new URL(`guard/${name}`, import.meta.url))

interface Answer {
  compliant: string[]
  failed: string[]
}

/** What CloudFormation Guard says of our templates as `edit` leaves them. */
async function ask(edit: (documents: Documents) => void = () => {}): Promise<Record<string, Answer>> {
  let templates: Record<string, Document> = {}
  loadTemplates(documents => {
    edit(documents)
    templates = Object.fromEntries(labels.map(label => [label, documents[label]]))
  })
  const child = spawn('python3', [here('check.py'), here('rules.guard')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(templates))
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  expect(await new Promise(resolve => child.on('close', resolve))).toBe(0)
  return JSON.parse(output)
}

describe("CloudFormation Guard with our own rules, for what checkov doesn't ask", () => {
  test('finds nothing in the five templates, and every rule has something to judge', async () => {
    const answers = Object.values(await ask())
    expect(answers.flatMap(({failed}) => failed)).toEqual([])
    expect([...new Set(answers.flatMap(({compliant}) => compliant))].sort()).toEqual([
      'distributions_send_a_secret_header',
      'functions_are_published',
      'headers_are_asked_for_by_reference',
      'permissions_name_their_source',
      'roles_are_taken_on_for_this_account',
      'secrets_are_made_or_given',
    ])
  })

  test.each<[string, string, (documents: Documents) => void]>([
    [
      'a role that is taken on for anybody',
      'roles_are_taken_on_for_this_account',
      ({compute}) => {
        delete compute.Resources.TaskRole.Properties.AssumeRolePolicyDocument.Statement[0].Condition
      },
    ],
    [
      'a secret in the template',
      'secrets_are_made_or_given',
      ({data}) => {
        data.Resources.SecretKeySecret.Properties.SecretString = 'only-we-know'
      },
    ],
    [
      'a distribution without header',
      'distributions_send_a_secret_header',
      ({compute}) => {
        const {DistributionConfig} = compute.Resources.KeycloakDistribution.Properties
        delete DistributionConfig.Origins[0].OriginCustomHeaders
      },
    ],
    [
      'a header that can be read',
      'distributions_send_a_secret_header',
      ({compute}) => {
        const {DistributionConfig} = compute.Resources.MainDistribution.Properties
        DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue = 'only-we-know'
      },
    ],
    [
      'a rule that says what it asks for',
      'headers_are_asked_for_by_reference',
      ({compute}) => {
        compute.Resources.MainOriginRule.Properties.Conditions[0].HttpHeaderConfig.Values[1] = 'only-we-know'
      },
    ],
    [
      'a function that is not published',
      'functions_are_published',
      ({compute}) => {
        delete compute.Resources.KeycloakViewerFunction.Properties.AutoPublish
      },
    ],
    [
      'a function that any rule may invoke',
      'permissions_name_their_source',
      ({compute}) => {
        delete compute.Resources.BuildEndedPermission.Properties.SourceArn
      },
    ],
  ])('notices %s', async (_, rule, edit) => {
    const answers = Object.values(await ask(edit))
    expect(answers.flatMap(({failed}) => failed)).toEqual([rule])
  })
})
