// SPDX-License-Identifier: Apache-2.0
import FaceSimulator
import Testing

@Suite struct QuirksTests {
    @Test(arguments: Quirk.allCases) func everyQuirkIsListedWithItsMeaning(quirk: Quirk) {
        #expect(Quirk.listing.contains(quirk.usage + " "))
        #expect(!quirk.specification.meaning.isEmpty)
        #expect(!quirk.specification.reference.isEmpty)
    }

    @Test(arguments: [
        "tls", "tls_old", "tls_old=1.0",
        "batch_max=7", "max_body=1000", "max_body=1000,drop", "async_ingest", "async_ingest=5", "expired_code",
        "expired_code=-140", "empty_data=null", "empty_data={}", "limit_images=3,library", "camera_binds=1,2", "slow=0",
        "timeout_after_commit", "download_needs_session", "download_needs_session=json", "page_shift", "page_shift=-50",
        "page_shift=50", "total_lies", "total_lies=-1000000", "list_shuffled", "list_random", "mask_ids",
        "stale_counts",
        "retention_on", "clock_jumps=1",
    ])
    func goodOnesAreTaken(text: String) throws {
        let quirks = try Quirks(parsing: [text])
        let name = text.split(separator: "=")[0]
        for quirk in Quirk.allCases { #expect(quirks[quirk] == (quirk.rawValue == name)) }
    }

    @Test(arguments: [
        ("nope", #"unknown quirk "nope"; --list-quirks prints all of them"#),
        ("", #"unknown quirk ""; --list-quirks prints all of them"#),
        ("tls=1", #"quirk tls: it takes no value, not "tls=1""#),
        ("batch_max", #"quirk batch_max: write batch_max=N with N from 1 to 100000, not "batch_max""#),
        ("batch_max=0", #"quirk batch_max: write batch_max=N with N from 1 to 100000, not "batch_max=0""#),
        ("batch_max=5,drop", #"quirk batch_max: write batch_max=N with N from 1 to 100000, not "batch_max=5,drop""#),
        ("max_body=5,x", #"quirk max_body: write max_body=N[,drop] with N from 1 to 1000000000, not "max_body=5,x""#),
        (
            "page_shift=0",
            #"quirk page_shift: write page_shift[=N] with N from -50 to 50 except 0, not "page_shift=0""#
        ),
        (
            "page_shift=51",
            #"quirk page_shift: write page_shift[=N] with N from -50 to 50 except 0, not "page_shift=51""#
        ),
        (
            "page_shift=x",
            #"quirk page_shift: write page_shift[=N] with N from -50 to 50 except 0, not "page_shift=x""#
        ),
        (
            "clock_jumps",
            #"quirk clock_jumps: write clock_jumps=N with N from 1 to 1000000000, not "clock_jumps""#
        ),
        ("empty_data=x", #"quirk empty_data: write empty_data=null|{}|absent, not "empty_data=x""#),
        ("camera_binds=1,", #"quirk camera_binds: write camera_binds=N[,N]…, not "camera_binds=1,""#),
    ])
    func badOnesAreOneClearSentence(text: String, sentence: String) {
        let error = #expect(throws: QuirkError.self) { try Quirks(parsing: [text]) }
        #expect(error?.description == sentence)
    }
}
