import {pageOf} from '../../resources/paging.js'
import {AwsError} from '../../wire/errors.js'

/** Things in a page. Source: EC2 API reference, MaxResults of the Describe actions. */
const bounds = {least: 5, most: 1000}

/** A page as the Describe actions of EC2 give it. @throws AwsError InvalidParameterValue. */
export function ec2Page<T>(
  all: readonly T[],
  {NextToken, MaxResults = bounds.most}: {NextToken?: string; MaxResults?: number},
) {
  if (MaxResults < bounds.least || MaxResults > bounds.most) {
    const expected =
      MaxResults < bounds.least ? `greater than ${bounds.least}` : `less than or equal to ${bounds.most}`
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${expected}.`,
    )
  }
  return pageOf(all, NextToken, MaxResults)
}
