import {fileURLToPath} from 'node:url'
import {readTemplateFolder} from '../../../src/input/template-folder.js'
import type {PlanResult} from '../../../src/results.js'
import type {TemplateSet} from '../../../src/steps/deploy/template-set.js'
import type {PlanContext} from '../../../src/steps/plan/context.js'
import type {Timeline} from '../../../src/steps/plan/timeline.js'
import type {Layout} from '../../../src/steps/stacks/stack-targets.js'
import {plan} from '../../../src/workflows/plan.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

/** The product's own. */
export const templates = readTemplateFolder(
  fileURLToPath(new URL('../../../cloudformation', import.meta.url)),
)

const imported = {ContainerImagesBucket: 'prebuilt', ContainerImagesPrefix: 'v1/'}
const domain = {BaseDomain: 'example.com', HostedZoneId: 'Z0123456789ABC'}

/** Ways to deploy, each with seeds of its own. */
export const variants: readonly {
  title: string
  layout: Layout
  parameters: Readonly<Record<string, string>>
  seeds: readonly number[]
}[] = [
  {title: 'nested, built from source', layout: 'nested', parameters: {}, seeds: [1, 2, 3]},
  {title: 'nested, imported', layout: 'nested', parameters: imported, seeds: [4, 5]},
  {title: 'individual, built from source', layout: 'individual', parameters: {}, seeds: [6, 7, 8]},
  {
    title: 'individual, imported, with a domain',
    layout: 'individual',
    parameters: {...imported, ...domain},
    seeds: [9, 10],
  },
  {title: 'nested, with a domain', layout: 'nested', parameters: domain, seeds: [11, 12]},
  {
    title: 'nested, without scaling and alarms, with a snapshot that stays',
    layout: 'nested',
    parameters: {EnableAutoScaling: 'false', EnableMonitoring: 'false', KeepDatabaseSnapshot: 'true'},
    seeds: [13, 14],
  },
]

/** What plan says of templates, the product's unless others are given. */
export async function planned(options: {
  layout: Layout
  operation?: 'create' | 'delete'
  parameters?: Readonly<Record<string, string>>
  templates?: TemplateSet
  /** Names. @default none */
  headStarts?: readonly string[]
  express?: boolean
}): Promise<{result: PlanResult; timeline: Timeline}> {
  const {layout, operation = 'create', parameters = {}, express = false} = options
  const headStarts = new Set(options.headStarts)
  const settings = {layout, templates: options.templates ?? templates, parameters}
  const context: PlanContext = {
    environment: 'demo',
    operation,
    region: 'us-west-2',
    settings,
    headStarts,
    express,
  }
  const result = await plan(context, {clock: virtualClock(), signal: new AbortController().signal})
  if (context.timeline === undefined) throw new Error('There is no timeline.')
  return {result, timeline: context.timeline}
}
