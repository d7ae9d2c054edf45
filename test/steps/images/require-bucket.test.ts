import {expect, it} from 'vitest'
import {requireBucket} from '../../../src/steps/images/require-bucket.js'

it('advises a command in back-quotes, which a narrow terminal does not break', async () => {
  const aws = {bucketContents: {region: async () => undefined}, region: 'us-west-2', endpoint: undefined}
  const place = {bucket: 'class-images', prefix: ''}
  const wanted = requireBucket(aws as unknown as Parameters<typeof requireBucket>[0], place, () => {})
  await expect(wanted).rejects.toMatchObject({
    code: 'NO_SUCH_BUCKET',
    hint: 'Correct its name, or create it: `aws s3 mb s3://class-images --region us-west-2`.',
  })
})
