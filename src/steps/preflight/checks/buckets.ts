import {awsCommand, shell} from '../../../aws/command-line.js'
import {requireOwnBucket, templateFolder} from '../../deploy/template-bucket.js'
import {block, type Check, pass} from '../check.js'
import {fixedNames} from '../will-make.js'

/** Whether the template bucket is, or can be, this account's, and those that the templates name are free. */
export const buckets: Check = {
  id: 'buckets',
  title: 'Buckets',
  looksAt: 'the template bucket, and names of buckets, if the templates set any',
  blocksWhen: 'the bucket belongs to another account, or a name is already in use',
  async run(context) {
    const {aws, planned = [], refusal} = context
    const {bucket} = templateFolder(context)
    const state = await requireOwnBucket(aws, bucket)
    const names = refusal === undefined ? fixedNames(planned, 'AWS::S3::Bucket', 'BucketName') : []
    const states = await Promise.all(names.map(name => aws.buckets.exists(name)))
    const taken = names.filter((_, index) => states[index] !== 'absent')
    if (taken.length > 0) {
      const [first = ''] = taken
      return block(
        `The templates create buckets whose names are already taken: ${taken.join(', ')}.`,
        `Bucket names are unique across all accounts: choose another --environment, or remove the bucket if it is yours: \`${awsCommand(aws, shell`s3 rb s3://${first} --force`)}\`.`,
      )
    }
    return pass(`${bucket} for the templates ${state === 'ours' ? 'exists' : 'is created'}`)
  },
}
