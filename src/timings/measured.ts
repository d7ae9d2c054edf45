/** What CloudFormation did to a resource, by the first word of its statuses. */
export type MeasuredAction = 'CREATE' | 'UPDATE' | 'DELETE'

/** How long one resource took, once. */
export interface Measurement {
  readonly action: MeasuredAction
  /** Of its stack: "network", "data" … */
  readonly label: string
  readonly logicalId: string
  readonly type: string
  /** From its first event to its last. */
  readonly seconds: number
}

/** How long one resource took in the last runs. */
export interface MeasuredResource {
  readonly type: string
  /** Seconds, the newest last. */
  readonly seconds: readonly number[]
}

/** By action, then `label/logicalId`. */
export type MeasuredResources = Readonly<Record<string, Readonly<Record<string, MeasuredResource>>>>

/**
 * All that runs have measured: by place, an account and a region (`123456789012/us-west-2`), or `rehearsal` for the
 * embedded account, whose seconds are account time.
 */
export interface MeasuredTimings {
  readonly version: 1
  readonly places: Readonly<Record<string, MeasuredResources>>
}

/** What the embedded account is called among the places: its times are no evidence of AWS, nor AWS's of it. */
export const rehearsalPlace = 'rehearsal'

export const noTimings: MeasuredTimings = {version: 1, places: {}}

/** Measurements of one resource that are kept: a median of few follows a change of speed, and one of them may be odd. */
export const keptMeasurements = 5

/** The custom resource behind which the image build runs. */
export const imagesType = 'Custom::ContainerImages'

/** Images that are imported take a third of the time of those that are built: another resource, as far as time goes. */
export function measuredType(type: string, images: 'source' | 'import'): string {
  return type === imagesType && images === 'import' ? `${type}@import` : type
}

export function keyOf({label, logicalId}: Pick<Measurement, 'label' | 'logicalId'>): string {
  return `${label}/${logicalId}`
}

const patterns = {
  label: /^[a-z0-9-]+$/,
  logicalId: /^[A-Za-z0-9]+$/,
  type: /^[A-Za-z0-9@_-]+(::[A-Za-z0-9@_-]+){1,3}$/,
}

/** Whether these names are such as CloudFormation gives; others are not kept. */
export function isNamedWell(names: Partial<Record<keyof typeof patterns, string>>): boolean {
  const parts = ['label', 'logicalId', 'type'] as const
  return parts.every(part => names[part] === undefined || patterns[part].test(names[part]))
}

/** The timings with what was measured at a place, in the order of the run. */
export function withMeasurements(
  timings: MeasuredTimings,
  place: string,
  measurements: readonly Measurement[],
): MeasuredTimings {
  const actions: Record<string, Record<string, MeasuredResource>> = {}
  for (const [action, resources] of Object.entries(timings.places[place] ?? {}))
    actions[action] = {...resources}
  for (const measurement of measurements) {
    const {action, type, seconds} = measurement
    const resources = actions[action] ?? {}
    actions[action] = resources
    const before = resources[keyOf(measurement)]
    // Another type under the same name is another resource.
    const kept = before?.type === type ? before.seconds : []
    resources[keyOf(measurement)] = {type, seconds: [...kept, seconds].slice(-keptMeasurements)}
  }
  return {version: 1, places: {...timings.places, [place]: actions}}
}

/** Both together: of a resource that both know, what `newer` measured comes last. */
export function merged(older: MeasuredTimings, newer: MeasuredTimings): MeasuredTimings {
  return Object.entries(newer.places).reduce(
    (timings, [place, actions]) => withMeasurements(timings, place, measurementsOf(actions)),
    older,
  )
}

function measurementsOf(actions: MeasuredResources): readonly Measurement[] {
  return Object.entries(actions).flatMap(([action, resources]) =>
    Object.entries(resources).flatMap(([key, {type, seconds}]) => {
      const [label = '', logicalId = ''] = key.split('/')
      return seconds.map(each => ({action: action as MeasuredAction, label, logicalId, type, seconds: each}))
    }),
  )
}
