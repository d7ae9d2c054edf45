import type {Clock} from '../clock.js'

/** How to reach AWS. Everything left out is found as the AWS CLI finds it: environment variables, then the profile. */
export interface Connection {
  /** @default AWS_REGION, AWS_DEFAULT_REGION, the profile's region, us-west-2 */
  readonly region?: string
  /** Goes before exported keys. @default AWS_PROFILE, AWS_DEFAULT_PROFILE, then "default" */
  readonly profile?: string
  /** One URL that stands for every AWS service. @default AWS_ENDPOINT_URL and its service-specific forms, then AWS itself */
  readonly endpoint?: string
  /** What to do when the endpoint does not answer. @default advice on AWS_ENDPOINT_URL */
  readonly unreachableHint?: string
  /**
   * Asked when a connection to the endpoint fails: brings back what answers there.
   * @returns whether it was gone and is back, so that the request is sent once more. @default nothing can be done
   */
  readonly revive?: () => Promise<boolean>
  /** @default exported keys, the profile, then web identity, container, instance */
  readonly credentials?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Asks a person for the code of an MFA device, by its serial number. @default nobody can be asked: refused */
  readonly askMfaCode?: ((serial: string) => Promise<string>) | undefined
  /**
   * Nothing else of the machine's settings for AWS, from environment or shared files, has an effect: what is left out here
   * has its default. @default false
   */
  readonly sealed?: boolean
  /** What repeats of a call and the pace of polling go by. @default the machine's own */
  readonly clock?: Clock
}
