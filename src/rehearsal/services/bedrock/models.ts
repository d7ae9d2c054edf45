/** A foundation model that the account has. AWS has many more, and their number changes every month. */
export interface Model {
  readonly id: string
  readonly name: string
  readonly provider: string
  /** Whether it can be asked by its own id, and not by an inference profile alone. */
  readonly onDemand: boolean
}

/** Source: Amazon Bedrock user guide, "Supported foundation models". */
export const models: readonly Model[] = [
  {
    id: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    name: 'Claude Haiku 4.5',
    provider: 'Anthropic',
    onDemand: false,
  },
  {
    id: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    name: 'Claude Sonnet 4.5',
    provider: 'Anthropic',
    onDemand: false,
  },
  {id: 'amazon.nova-lite-v1:0', name: 'Nova Lite', provider: 'Amazon', onDemand: true},
]

/**
 * The areas whose inference profiles a region has. Source: Amazon Bedrock user guide, "Supported Regions and models for inference
 * profiles".
 */
export function areasOf(region: string): readonly string[] {
  if (region.startsWith('us-')) return ['us', 'global']
  if (region.startsWith('eu-')) return ['eu', 'global']
  if (region === 'ap-northeast-1' || region === 'ap-northeast-3') return ['jp', 'apac', 'global']
  if (region === 'ap-southeast-2' || region === 'ap-southeast-4') return ['au', 'apac', 'global']
  return region.startsWith('ap-') ? ['apac', 'global'] : ['global']
}
