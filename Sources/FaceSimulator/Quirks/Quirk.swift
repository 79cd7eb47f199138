// SPDX-License-Identifier: Apache-2.0

/// One way in which a device may differ from the simulator's default, by the name of the interface document.
///
/// A quirk is data: its name here, its kind of value and its meaning in one table (``specification``).
public enum Quirk: String, CaseIterable, Sendable {
    // G: transport and envelope
    case tls
    case tlsOld = "tls_old"
    case formAlias = "form_alias"
    case contentType = "content_type"
    case httpStatusAuth = "http_status_auth"
    case httpStatusError = "http_status_error"
    case msgIDFirst = "msg_id_first"
    case strictMsgIDString = "strict_msg_id_string"
    case emptyData = "empty_data"
    case emptyMsg = "empty_msg"
    case failureWithoutData = "failure_without_data"
    case resultEnvelopeErrors = "result_envelope_errors"
    case resultAlsoCode = "result_also_code"
    case looseTypes = "loose_types"
    case strictTypes = "strict_types"
    case unknownCode = "unknown_code"
    case gbkCSV = "gbk_csv"
    case maxBody = "max_body"
    case serialise
    case slow
    case badJSON = "bad_json"
    case truncated
    // S: sessions
    case loginObject = "login_object"
    case loginFailPlain = "login_fail_plain"
    case userUnknown108 = "user_unknown_108"
    case verifyParamError = "verify_param_error"
    case neverVerify = "never_verify"
    case lockGlobal = "lock_global"
    case lockExtends = "lock_extends"
    case verifyNeedsSession = "verify_needs_session"
    case sessionTTL = "session_ttl"
    case expiredCode = "expired_code"
    case dropSessionAfter = "drop_session_after"
    case singleSession = "single_session"
    case downloadNeedsSession = "download_needs_session"
    case mustChangePassword = "must_change_password"
    // M: masks
    case maskOff = "mask_off"
    case maskName = "mask_name"
    case maskIDs = "mask_ids"
    case singleClear = "single_clear"
    case maskPartial = "mask_partial"
    case rejectMasks = "reject_masks"
    case strictUUID = "strict_uuid"
    case strictImgID = "strict_img_id"
    case decryptFlat = "decrypt_flat"
    case prePrivacy = "pre_privacy"
    // L: libraries and paging
    case libNameCI = "lib_name_ci"
    case libNameDups = "lib_name_dups"
    case libNameMax = "lib_name_max"
    case limitLibs = "limit_libs"
    case limitImages = "limit_images"
    case libIDReuse = "lib_id_reuse"
    case modifyPartial = "modify_partial"
    case deleteNonempty = "delete_nonempty"
    case listIncludesGreylist = "list_includes_greylist"
    case listAsRecord = "list_as_record"
    case nameSubstring = "name_substring"
    case sortDesc = "sort_desc"
    case unstableTies = "unstable_ties"
    case listShuffled = "list_shuffled"
    case listRandom = "list_random"
    case staleCounts = "stale_counts"
    case updateTimeStatic = "update_time_static"
    case clamp
    case pastEnd105 = "past_end_105"
    case zeroBased = "zero_based"
    case pageNumber = "page_number"
    case mutateDuringPaging = "mutate_during_paging"
    case pageShift = "page_shift"
    case totalLies = "total_lies"
    case createTimeFrom = "create_time_from"
    case createTimeIgnored = "create_time_ignored"
    case empty105 = "empty_105"
    case empty110 = "empty_110"
    // C: cameras
    case cameraBinds = "camera_binds"
    case libIDsEmptyKeeps = "lib_ids_empty_keeps"
    case libIDsUnknownOK = "lib_ids_unknown_ok"
    case maskCameraPwd = "mask_camera_pwd"
    case trdRequired = "trd_required"
    // P: portraits
    case imgIDAny = "img_id_any"
    case imgIDGlobal = "img_id_global"
    case dup116 = "dup_116"
    case dupPicture = "dup_picture"
    case fieldMax = "field_max"
    case truncateFields = "truncate_fields"
    case commaPartial = "comma_partial"
    case commaShift = "comma_shift"
    case commaCode = "comma_code"
    case emptyKeeps = "empty_keeps"
    case imgDataURI = "img_data_uri"
    case imgGarbage = "img_garbage"
    case imgEmpty = "img_empty"
    case extJPG = "ext_jpg"
    case formatByName = "format_by_name"
    case imageMaxBytes = "image_max_bytes"
    case imageMaxSide = "image_max_side"
    case reencode
    case largestFace = "largest_face"
    case requirePrefix = "require_prefix"
    case forbidPrefix = "forbid_prefix"
    case deleteAllOrNothing = "delete_all_or_nothing"
    case deletePartialError = "delete_partial_error"
    case faceOff = "face_off"
    case faceOffRejects = "face_off_rejects"
    case retention
    case retentionOn = "retention_on"
    case clockJumps = "clock_jumps"
    // B: batches
    case extraPartsAddress = "extra_parts_address"
    case hashLiteral = "hash_literal"
    case freeName = "free_name"
    case batchMax = "batch_max"
    case csvAllRows = "csv_all_rows"
    case csvNoHeader = "csv_no_header"
    case csvNameBlank = "csv_name_blank"
    case csvMissing = "csv_missing"
    case csvUnreachableURL = "csv_unreachable_url"
    case uuidReuseRejected = "uuid_reuse_rejected"
    case uuidAccumulates = "uuid_accumulates"
    case batchCodeOnError = "batch_code_on_error"
    case batchStopsAtFirst = "batch_stops_at_first"
    case asyncIngest = "async_ingest"
    case timeoutAfterCommit = "timeout_after_commit"
    case multipartLatin1 = "multipart_latin1"
    // E: exports and downloads
    case downloadRoot = "download_root"
    case exportAbsoluteURL = "export_absolute_url"
    case leadingSlash = "leading_slash"
    case exportNameCollision = "export_name_collision"
    case zipZipCrypto = "zip_zipcrypto"
    case zipPlain = "zip_plain"
    case zipPasswdMissing = "zip_passwd_missing"
    case zipPasswdWrong = "zip_passwd_wrong"
    case zipIDNames = "zip_id_names"
    case zipUUIDNames = "zip_uuid_names"
    case zipNested = "zip_nested"
    case zipNoManifest = "zip_no_manifest"
    case zipMasked = "zip_masked"
    case zipGBK = "zip_gbk"
    case failedAsArray = "failed_as_array"
    case failedMissing = "failed_missing"
    case exportShortPage = "export_short_page"
    case tmpExpire = "tmp_expire"
    case exportSlow = "export_slow"
    case cutDownload = "cut_download"
    case noContentLength = "no_content_length"
    // E, Q and K: records
    case libIDsOptional = "lib_ids_optional"
    case channelsMax = "channels_max"
    case stopOptional = "stop_optional"
    case recordSingleObject = "record_single_object"
    case presonIDOnly = "preson_id_only"
    // Y, A and faults
    case resetToDefault = "reset_to_default"
    case codeTyposFixed = "code_typos_fixed"
    case http500 = "http_500"
    case dieAfter = "die_after"
}

extension Quirk {
    /// What may stand after `=` when a quirk is switched on.
    public enum Value: Sendable, Equatable {
        /// Nothing.
        case none
        /// A whole number; optional where there is a default. `option` is a word that may follow after a comma.
        case number(ClosedRange<Int>, default: Int? = nil, option: String? = nil)
        /// A whole number that is not 0, or the default.
        case shift(ClosedRange<Int>, default: Int)
        /// One of some words; optional where there is a default.
        case word([String], default: String? = nil)
        /// Whole numbers with commas between them.
        case numbers
    }

    /// What a quirk is: the entry of the interface document, the value it takes and what it does.
    public struct Specification: Sendable {
        /// The entry in the interface document, such as `B4`; `fault` for faults that no device documents.
        public var reference: String
        /// The value that the quirk takes.
        public var value: Value
        /// What the simulator does when it is on, in one line.
        public var meaning: String

        init(_ reference: String, _ value: Value = .none, _ meaning: String) {
            self.reference = reference
            self.value = value
            self.meaning = meaning
        }
    }

    /// How the quirk is written on the command line, such as `batch_max=N`.
    public var usage: String {
        switch specification.value {
        case .none: rawValue
        case .number(_, let standard, let option):
            rawValue + (standard == nil ? "=N" : "[=N]") + (option.map { "[,\($0)]" } ?? "")
        case .shift: rawValue + "[=N]"
        case .word(let words, let standard):
            standard == nil
                ? "\(rawValue)=\(words.joined(separator: "|"))" : "\(rawValue)[=\(words.joined(separator: "|"))]"
        case .numbers: rawValue + "=N[,N]…"
        }
    }

    /// All quirks as `--list-quirks` prints them: one a line with its usage, reference and meaning.
    public static var listing: String {
        let width = allCases.map(\.usage.count).max() ?? 0
        return allCases.map { quirk in
            let specification = quirk.specification
            let usage = quirk.usage + String(repeating: " ", count: width - quirk.usage.count)
            return "\(usage)  [\(specification.reference)] \(specification.meaning)"
        }.joined(separator: "\n")
    }
}
