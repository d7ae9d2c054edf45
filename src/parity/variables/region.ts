import type {Json} from '../json.js'
import type {TerraformPlan} from '../plan/resource.js'

/** Terraform's default, for a plan that says nothing of its Region. */
export const assumedRegion = 'us-east-1'

const region = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/

export function isRegion(text: string): boolean {
  return region.test(text)
}

/** The Region that most ARNs and Availability Zones of a plan name; undefined where none does. */
export function regionOfArns({resources}: TerraformPlan): string | undefined {
  const counts = new Map<string, number>()
  const count = (name: string | undefined) => {
    if (name !== undefined && isRegion(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const {values} of resources) {
    for (const text of textsIn(values)) {
      count(/^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):/.exec(text)?.[1])
      count(/^([a-z]{2}(?:-[a-z]+)+-\d{1,2})[a-z]$/.exec(text)?.[1])
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0]
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
