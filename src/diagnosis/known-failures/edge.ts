import type {KnownFailure} from './known-failure.js'

/** CloudFront, certificates, domains and subscriptions: what the world sees. */
export const edge: readonly KnownFailure[] = [
  {
    id: 'cloudfront-not-verified',
    reason: /account must be verified before you can add new CloudFront resources/,
    meaning:
      'AWS does not let this account use CloudFront until it has verified the account, as is common for new accounts.',
    advice:
      'Open a case with AWS Support (Account and billing, free) and quote the message; this takes from a few hours to two days. Until then, deploy with a domain of your own, which does not need CloudFront: `--set BaseDomain=… --set HostedZoneId=…`.',
  },
  {
    id: 'cloudfront-limit',
    reason: /TooManyDistributions|more distributions than (are )?allowed/i,
    meaning: 'The account has reached its quota of CloudFront distributions.',
    advice:
      'Delete distributions that are not in use, or request an increase of the quota "Web distributions per AWS account" in Service Quotas, region us-east-1.',
  },
  {
    id: 'cloudfront-name-taken',
    reason: /CNAMEs you provided are already associated with a different resource|CNAMEAlreadyExists/,
    meaning: 'Another CloudFront distribution, possibly in another account, already uses that domain name.',
    advice:
      "Remove the name from the other distribution, or use another domain. Those of this account: `aws cloudfront list-distributions --query 'DistributionList.Items[].[Id,Aliases.Items[0]]'`.",
  },
  {
    id: 'cloudfront-certificate',
    reason: /specified SSL certificate doesn't exist, isn't in us-east-1/,
    meaning:
      'CloudFront accepts only certificates in us-east-1 that are issued and have the complete certificate chain.',
    advice: 'Request the certificate in us-east-1 and wait until it is ISSUED.',
  },
  {
    id: 'certificate-not-validated',
    types: /CertificateManager/,
    reason: /NotStabilized|timed out|Exceeded attempts to wait|did not stabilize|PENDING_VALIDATION/i,
    meaning:
      'DNS validation of the certificate never succeeded: the hosted zone is not the one that public DNS uses for the domain.',
    advice:
      'Let `mcpgw preflight` compare the name servers of the hosted zone with those that public DNS has for the domain, and enter those that it names where the domain is registered. If public DNS has those of another zone of the account, specify that one with `--set HostedZoneId=…`.',
  },
  {
    id: 'certificate-forbidden',
    reason: /CAA_ERROR|DNS records? .*CAA/,
    meaning: 'A CAA record of the domain does not allow Amazon to issue certificates for it.',
    advice: 'Add a CAA record for amazon.com: `0 issue "amazon.com"`.',
  },
  {
    id: 'hosted-zone-missing',
    reason: /No hosted zone (was )?found with ID|NoSuchHostedZone|hosted zone .*(does not exist|not found)/i,
    meaning: 'The hosted zone does not exist in this account.',
    advice:
      "Specify the ID of an existing hosted zone with `--set HostedZoneId=…`: `aws route53 list-hosted-zones --query 'HostedZones[].[Id,Name]'`.",
  },
  {
    id: 'record-exists',
    reason: /Tried to create resource record set \[name='\S+', type='\w+'\] but it already exists/,
    meaning:
      'The hosted zone already has a record with that name: it is left over, or belongs to someone else.',
    advice: 'Delete the record in the Route 53 console if it is left over, or use another domain.',
  },
  {
    id: 'record-conflict',
    reason: /conflicting RRSet of type\s+\w+ with the same DNS name/,
    meaning: 'The hosted zone has a record of another type with that name, and the two cannot coexist.',
    advice: 'Delete the other record in the Route 53 console if it is left over, or use another domain.',
  },
  {
    id: 'record-outside-zone',
    reason: /RRSet with DNS name \S+ is not permitted in zone/,
    meaning: 'The domain does not belong to the hosted zone that was specified with it.',
    advice:
      'Set HostedZoneId to the hosted zone of BaseDomain, or BaseDomain to a domain in that hosted zone.',
  },
  {
    id: 'subscription-invalid',
    types: /^AWS::SNS::/,
    reason: /Invalid parameter: (Email address|Endpoint)/i,
    meaning: 'Alarms cannot be sent to that email address.',
    advice: 'Correct `--set AlarmEmail=…`, or omit it.',
  },
]
