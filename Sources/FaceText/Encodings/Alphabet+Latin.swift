// SPDX-License-Identifier: Apache-2.0

/// Languages in Latin letters; which letters are how frequent is in docs/decisions/0030-encodings.md.
extension Alphabet {
    static let german = Alphabet(.latin, "e/anri/tlshod/gmucbkf/wzpj/vyü/äö/x//qß/éë")
    static let french = Alphabet(.latin, "e/arin/ltosucm/déhpgb/vf/yjqxè/z/k/çwêîï/ëô/âû")
    static let spanish = Alphabet(.latin, "a/eorin/lsctdm/upbg/vfjz/háíóé/yqñx//ú/kò/w")
    static let portuguese = Alphabet(.latin, "a/eroi/nsltmdc/uvgp/bfh/éjãçází/qxóú/ykê/âwõ/ô")
    static let italian = Alphabet(.latin, "a/oienr/tlsc/mgdpvu/bzf/h/òùè/qì/àé/kjwy/x")
    static let swedish = Alphabet(.latin, from: 1, "aenrils/tomd/gkhubv/jfcöpä/yå/w/zxé/q")
    static let danish = Alphabet(.latin, "e/rnasi/ltdog/kmbuhvjpø/fyc/æå//wz/x/é/q")
    static let norwegian = Alphabet(.latin, "e/nriast/lodk/gmhuvj/bfpø/yåc//æ/wx")
    static let finnish = Alphabet(.latin, "a/inet/lkosrum/ävpjh/y/dö//gb/fc/x/q")
    static let icelandic = Alphabet(.latin, from: 1, "anirt/sleumgk/ðfdvhoj/báyíóæöp/þúé/ý/c/xw")
    static let polish = Alphabet(.latin, from: 1, "aikeo/zrscnw/tldyumpbjł/gh/śóęfżą/ńć/ź///vx")
    static let czech = Alphabet(.latin, from: 1, "aoe/nvlriktdsám/ucíhbpš/jěyzčřž/ýé/fů/gňú/xť/ü/ďw")
    static let slovak = Alphabet(.latin, from: 1, "oaev/krniálts/mduchpbšč/jyíz/ýéžľúg/fťň/ďô/óä/x/w")
    static let hungarian = Alphabet(.latin, from: 1, "aenri/tlsoákzm/dbgévy/óhcjpuf/őö/üí/úxű///w")
    static let romanian = Alphabet(.latin, "a/ienr/lotucsm/dpvg/băfț/hzşţ/șjx/âî//k/wy")
    static let croatian = Alphabet(.latin, "a/iore/nvklćtj/musdbpšc/gčzž/h/f/đ///y")
    static let slovenian = Alphabet(.latin, "a/ienor/ljktmvsd/pb/ucgzščž/hf///ć")
    static let turkish = Alphabet(.latin, "a/enirİ/lktmsyud/üıbhgzoş/cvfçöp/ğ//â/j//x")
    static let lithuanian = Alphabet(.latin, "a/is/rntuelokd/mgvjė/pyb/žšūų/ązč/cįfę///h")
    static let latvian = Alphabet(.latin, "a/iser/ltnduk/mvoāīzjņp/bgšēc/ū/hfļ/ģķž/č")
    static let estonian = Alphabet(.latin, from: 1, "aierosln/ktvmu/dpj/ghä/bõü/fzš/ž/xöyc")
}
