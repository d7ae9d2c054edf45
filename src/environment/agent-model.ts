/** Parameters of main, compute and services template: the model of the two agents, and where Amazon Bedrock answers for it. */
export const modelParameter = 'AgentModelId'
export const profileParameter = 'AgentInferenceProfile'

/**
 * The inference profiles that are in a region, by the beginnings of their ids. `global` is in every commercial one. Source:
 * Amazon Bedrock user guide, "Supported Regions and models for inference profiles".
 */
export function profileOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov'
  if (region.startsWith('us-')) return 'us'
  if (region.startsWith('eu-')) return 'eu'
  if (region === 'ap-northeast-1' || region === 'ap-northeast-3') return 'jp'
  if (region === 'ap-southeast-2' || region === 'ap-southeast-4') return 'au'
  return 'global'
}
