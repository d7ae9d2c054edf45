import {
  ACMClient,
  type ACMClientConfig,
  ListCertificatesCommand,
  type ACM as WholeACM,
} from '@aws-sdk/client-acm'
import {createAggregatedClient} from '@smithy/core/client'

/** ACM with the operations that this program calls; the build leaves out the others. */
export type ACM = ACMClient & Pick<WholeACM, 'listCertificates'>

class LeanACM extends ACMClient {}
createAggregatedClient({ListCertificatesCommand}, LeanACM)

export const ACM = LeanACM as new (configuration: ACMClientConfig) => ACM
