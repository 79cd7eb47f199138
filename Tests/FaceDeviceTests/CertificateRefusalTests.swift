// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceDevice

@Suite struct CertificateRefusalTests {
    /// What OpenSSL 1.1 and 3 and libcurl say, and what a person reads where the device did not show its certificate.
    static let words = [
        (
            "SSL certificate problem: self signed certificate",
            "is self-signed, so that nobody vouches for it: ",
            "is self-signed and not in ca.pem: name in ca_file the file that holds it, or "
        ),
        (
            "SSL certificate problem: self signed certificate in certificate chain",
            "was signed by somebody, which this computer does not know: ",
            "was signed by somebody, which is not in ca.pem: name the right file in ca_file, or "
        ),
        (
            "SSL certificate problem: unable to verify the first certificate",
            "was signed by somebody, which this computer does not know: ",
            "was signed by somebody, which is not in ca.pem: name the right file in ca_file, or "
        ),
        (
            "SSL: certificate subject name 'device' does not match target host name '10.5.2.81'",
            "is for another host, not for 10.5.2.81: write in the url of hq a name that it is for, or ",
            "is for another host, not for 10.5.2.81: write in the url of hq a name that it is for, or "
        ),
        (
            "error setting certificate file: /etc/ssl/certs/ca-certificates.crt",
            "this computer has no file of authorities: install the package ca-certificates, or ", ""
        ),
        (
            "SSL certificate problem: certificate revoked",
            "is not trusted: SSL certificate problem: certificate revoked; ",
            "is not trusted: SSL certificate problem: certificate revoked; "
        ),
    ]

    @Test(arguments: words) func theirWordsBecomeASentence(_ words: String, _ system: String, _ authorities: String) {
        let pinning = "compare it on the device, then run facelib device trust hq"
        #expect(sentence(words, .system).contains(system + pinning))
        let removing = authorities + "take the line ca_file out of the configuration, \(pinning)"
        #expect(sentence(words, .authorities(file: "ca.pem")).contains(removing))
        #expect(sentence(words, .system).contains(words))
    }

    @Test(arguments: [
        ("Mar  5 10:11:12 2024 GMT", 1_709_633_472, "2024-03-05 10:11:12 UTC"),
        ("Feb 29 23:59:59 2028 GMT", 1_835_481_599, "2028-02-29 23:59:59 UTC"),
        ("Dec 31 23:59:59 9999 GMT", 253_402_300_799, "9999-12-31 23:59:59 UTC"),
        ("Jan  1 00:00:00 1970 GMT", 0, "1970-01-01 00:00:00 UTC"),
        ("Dec 31 23:59:59 1969 GMT", -1, "1969-12-31 23:59:59 UTC"),
    ])
    func timesOfCertificatesAreRead(_ text: String, _ seconds: Int, _ said: String) {
        #expect(CertificateTime(text)?.seconds == seconds)
        #expect(CertificateTime(seconds: seconds).description == said)
    }

    @Test func everyDayOfFourCenturiesIsWrittenAsItIsRead() {
        for day in stride(from: -30_000, to: 116_097, by: 1) {
            let parts = CertificateTime(seconds: day * 86_400).description.prefix(10).split(separator: "-")
            let numbers = parts.compactMap { Int($0) }
            #expect(numbers.count == 3)
            #expect(ClockReading.days(year: numbers[0], month: numbers[1], day: numbers[2]) == day)
        }
    }

    @Test(arguments: ["", "Bad time value", "Mar 5 10:11 2024 GMT", "Mar 5 10:11:12 2024", "Mai 5 10:11:12 2024 GMT"])
    func otherTextsAreNoTimes(_ text: String) { #expect(CertificateTime(text) == nil) }

    private func sentence(_ words: String, _ trust: DeviceSettings.Trust) -> String {
        CertificateRefusal(device: "hq", host: "10.5.2.81", trust: trust, words: words, shown: nil, now: 0).sentence
    }
}
