import {
  CloudControlClient,
  type CloudControlClientConfig,
  ListResourcesCommand,
  type CloudControl as WholeCloudControl,
} from '@aws-sdk/client-cloudcontrol'
import {createAggregatedClient} from '@smithy/core/client'

/** CloudControl with the operations that this program calls; the build leaves out the others. */
export type CloudControl = CloudControlClient & Pick<WholeCloudControl, 'listResources'>

class LeanCloudControl extends CloudControlClient {}
createAggregatedClient({ListResourcesCommand}, LeanCloudControl)

export const CloudControl = LeanCloudControl as new (configuration: CloudControlClientConfig) => CloudControl
