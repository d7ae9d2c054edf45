import {pageOf} from '../../resources/paging.js'
import {AwsError} from '../../wire/errors.js'

/** Source: Amazon RDS API reference, MaxRecords. */
const pageBounds = {least: 20, most: 100}

/** A page of a list of RDS. @throws AwsError InvalidParameterValue */
export function rdsPage<T>(all: readonly T[], marker: string | undefined, size = pageBounds.most) {
  const {least, most} = pageBounds
  if (size < least || size > most) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value ${size} for MaxRecords. Must be between ${least} and ${most}`,
    )
  }
  return pageOf(all, marker, size)
}
