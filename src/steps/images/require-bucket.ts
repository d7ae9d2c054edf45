import type {Aws} from '../../aws/aws.js'
import {awsCommand, shell} from '../../aws/command-line.js'
import type {ImagePlace} from '../../environment/image-set.js'
import {invalidInput} from '../../errors.js'
import type {StepTools} from '../step.js'

/** @throws exit code 2 when there is no such bucket */
export async function requireBucket(
  aws: Pick<Aws, 'bucketContents' | 'region' | 'endpoint'>,
  {bucket}: ImagePlace,
  tell: StepTools['tell'],
): Promise<void> {
  const region = await aws.bucketContents.region(bucket)
  if (region === undefined) {
    throw invalidInput(
      'NO_SUCH_BUCKET',
      `There is no bucket ${bucket}.`,
      `Correct its name, or create it: \`${awsCommand(aws, shell`s3 mb s3://${bucket}`)}\`.`,
    )
  }
  if (region === '' || region === aws.region) return
  const text = `Bucket ${bucket} is in ${region}, not in ${aws.region}: reading and writing takes longer, and costs transfer`
  tell({kind: 'note', text})
}
