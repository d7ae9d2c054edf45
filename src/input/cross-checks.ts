import {networkOf} from '../template/cidr.js'
import {listItems} from '../template/parameter-types.js'

/** The parameters together, for checks that one parameter's constraints cannot express. */
export interface Together {
  /** The value that counts: given, else the default. */
  textOf(name: string): string
  isGiven(name: string): boolean
}

/** One thing that parameters must agree on. The templates cannot say it: they neither count nor compare. */
export interface CrossCheck {
  /** What it is about. It applies when the templates have all of them and at least one was given. */
  readonly parameters: readonly string[]
  /** What is wrong, as the end of a sentence that names where the values come from. */
  problem(together: Together): string | undefined
  readonly hint: string
}

/** How many entries of a list of ranges the templates read. */
const rangesRead = 5

/**
 * Each range of DirectAccessCidrBlocks takes two rules of a security group, which has 60; CloudFront's prefix list
 * takes 55 of them. Source: Amazon VPC user guide, "Use an AWS-managed prefix list".
 */
const rangesBesideCloudFront = 2

/**
 * The longest BaseDomain that fits into a certificate behind `registry.` and a region: ACM takes 64 characters as the
 * common name, and the shortest names of regions, such as us-east-1, have 9. Source: CloudFormation user guide,
 * AWS::CertificateManager::Certificate, DomainName.
 */
const longestRegionalDomain = 64 - 'registry.us-east-1.'.length

export const crossChecks: readonly CrossCheck[] = [
  atMostFive('IngressCidrBlocks'),
  atMostFive('DirectAccessCidrBlocks'),
  atMostFive('AdminCidrBlocks'),
  nothingBefore('DirectAccessCidrBlocks'),
  eachOnce('IngressCidrBlocks'),
  eachOnce('DirectAccessCidrBlocks'),
  eachOnce('AdminCidrBlocks', 'the templates read a range'),
  wholeRanges('AdminCidrBlocks'),
  {
    parameters: ['DirectAccessCidrBlocks', 'BaseDomain', 'CloudFrontPrefixListId'],
    problem(together) {
      const count = rangesOf(together.textOf('DirectAccessCidrBlocks')).filter(range => range !== '').length
      if (count <= rangesBesideCloudFront || !usesPrefixList(together)) return undefined
      return `DirectAccessCidrBlocks has ${count} ranges; without BaseDomain a security group has room for ${rangesBesideCloudFront} beside CloudFront's prefix list`
    },
    hint: `Give at most ${rangesBesideCloudFront} ranges, or BaseDomain and HostedZoneId, or an empty CloudFrontPrefixListId to admit IngressCidrBlocks instead of CloudFront.`,
  },
  {
    parameters: ['BaseDomain', 'UseRegionalDomains'],
    problem({textOf}) {
      const {length} = textOf('BaseDomain')
      if (length <= longestRegionalDomain || textOf('UseRegionalDomains') !== 'true') return undefined
      return `BaseDomain has ${length} characters; with UseRegionalDomains a certificate has room for ${longestRegionalDomain} at most, in regions with long names for fewer`
    },
    hint: 'Give a shorter BaseDomain, or UseRegionalDomains=false.',
  },
  {
    parameters: ['SessionCookieDomain', 'BaseDomain', 'UseRegionalDomains'],
    problem(together) {
      const cookie = together.textOf('SessionCookieDomain')
      const base = together.textOf('BaseDomain')
      // That a cookie domain needs a BaseDomain is a rule of the templates.
      if (cookie === '' || base === '' || isSharedWithRegistry(together)) return undefined
      return `SessionCookieDomain ${cookie} does not contain the registry's name under BaseDomain ${base}, so that browsers would refuse the cookie`
    },
    hint: 'Leave SessionCookieDomain empty, or give BaseDomain itself.',
  },
  notAbove('MinCapacity', 'MaxCapacity', 'EnableAutoScaling'),
  notAbove('DatabaseMinACU', 'DatabaseMaxACU'),
]

function atMostFive(name: string): CrossCheck {
  return {
    parameters: [name],
    problem({textOf}) {
      const count = rangesOf(textOf(name)).length
      return count > rangesRead
        ? `${name} has ${count} entries; the templates read ${rangesRead} and would leave the rest out silently`
        : undefined
    },
    hint: `Give at most ${rangesRead} ranges, wider ones if need be.`,
  }
}

/** The templates take an empty first entry for "not given", which opens the ports to more than was asked for. */
function nothingBefore(name: string): CrossCheck {
  return {
    parameters: [name],
    problem({textOf}) {
      return rangesOf(textOf(name))[0] === '' ? `${name} begins with an empty entry` : undefined
    },
    hint: 'Leave the empty entry out.',
  }
}

/** A security group refuses a rule that it has already, and takes 10.0.0.1/8 for the 10.0.0.0/8 that it means. */
function eachOnce(name: string, whoTakes = 'a security group takes a range'): CrossCheck {
  return {
    parameters: [name],
    problem({textOf}) {
      const ranges = rangesOf(textOf(name)).filter(range => range !== '')
      const firstOf = (range: string) => ranges.find(other => networkOf(other) === networkOf(range)) ?? range
      const again = ranges.find((range, index) => ranges.indexOf(firstOf(range)) < index)
      if (again === undefined) return undefined
      const first = firstOf(again)
      const twice = first === again ? `${again} twice` : `${first} and ${again}, which are the same range`
      return `${name} has ${twice}; ${whoTakes} once`
    },
    hint: 'Give every range once.',
  }
}

/**
 * A range as it is written without bits of a host. Amazon EC2 documents that it drops them, Elastic Load Balancing says
 * nothing of them for a condition on the source: refused here it takes no twelve minutes to find out.
 */
function wholeRanges(name: string): CrossCheck {
  const wrongIn = (text: string) => rangesOf(text).find(range => range !== networkOf(range))
  return {
    parameters: [name],
    problem({textOf}) {
      const range = wrongIn(textOf(name))
      if (range === undefined) return undefined
      return `${name} has ${range}, which begins inside the range ${networkOf(range)}`
    },
    hint: 'Give the range as it begins, or one address with /32.',
  }
}

/** @param onlyWith a parameter that must be `true` for the two to meet anywhere */
function notAbove(low: string, high: string, onlyWith?: string): CrossCheck {
  return {
    parameters: [low, high],
    problem({textOf, isGiven}) {
      if (onlyWith !== undefined && textOf(onlyWith) === 'false') return undefined
      if (Number(textOf(low)) <= Number(textOf(high))) return undefined
      const [lowText, highText] = [low, high].map(
        name => `${name}, which is ${textOf(name)}${isGiven(name) ? '' : ' unless you give it'}`,
      )
      return `${lowText}, is above ${highText}`
    },
    hint: `Give ${low} and ${high} together, ${low} not above ${high}.`,
  }
}

/** The entries of a list up to the last that says something: those behind it are no ranges. */
function rangesOf(text: string): string[] {
  const entries = listItems(text)
  return entries.slice(0, entries.findLastIndex(entry => entry !== '') + 1)
}

/** Whether `registry.<region>.<BaseDomain>`, without UseRegionalDomains `registry.<BaseDomain>`, is in the cookie's domain. */
function isSharedWithRegistry({textOf}: Together): boolean {
  const cookie = textOf('SessionCookieDomain').replace(/^\./, '')
  const base = textOf('BaseDomain')
  if (`.${base}`.endsWith(`.${cookie}`)) return true
  if (!cookie.endsWith(`.${base}`)) return false
  const inFront = cookie.slice(0, -base.length - 1)
  return textOf('UseRegionalDomains') === 'true'
    ? /^(registry\.)?[a-z]{2}(-[a-z]+)+-[0-9]$/.test(inFront)
    : inFront === 'registry'
}

/** As the condition HttpFromCloudFront of network-stack.yaml; deploy looks the list up unless it is given. */
function usesPrefixList({textOf, isGiven}: Together): boolean {
  if (textOf('BaseDomain') !== '') return false
  return !isGiven('CloudFrontPrefixListId') || textOf('CloudFrontPrefixListId') !== ''
}
