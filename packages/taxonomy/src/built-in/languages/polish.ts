import type { LanguageTerms } from "../category-terms.ts";

export const polish: LanguageTerms = {
  invoice: {
    names: "faktura; faktura vat; rachunek; faktura proforma; faktura korygująca; nota księgowa; nota obciążeniowa",
    strong:
      "numer faktury; faktura nr; nr faktury; data wystawienia; data sprzedaży; termin płatności; termin zapłaty; sposób płatności; forma płatności; płatne; płatność w ciągu; w terminie # dni; # dni; do zapłaty; razem do zapłaty; pozostało do zapłaty; kwota do zapłaty; należność; sprzedawca; nabywca; wartość netto; wartość brutto; kwota vat; stawka vat; cena netto; podatek vat; vat; nip; regon; numer konta; rachunek bankowy; przelew; przelewem; słownie; odsetki; odsetki ustawowe; usługa; wystawił; mechanizm podzielonej płatności; kwota netto; kwota brutto; honorarium; tytułem",
    usual:
      "netto; brutto; razem; ilość; cena; jednostkowa; j m; szt; lp; nazwa; kwota; suma; iban; rabat; godzin; opis; usługi",
  },
  receipt: {
    names: "paragon; paragon fiskalny; pokwitowanie; potwierdzenie zapłaty; dowód wpłaty; dowód zakupu; kp",
    strong:
      "kasa; kasjer; kasjerka; sprzedaż opodatkowana; suma pln; ptu; ptu a; niefiskalny; fiskalny; gotówka; karta; karta płatnicza; reszta; wydano; dziękujemy za zakupy; dziękujemy; zapraszamy ponownie; zapraszamy; obsługiwał*; zbliżeniowo; terminal; autoryzacja; numer transakcji; zachowaj paragon; zwrot; zwroty; reklamacj*; otrzymałem; otrzymano; kwituję; kwotę; zapłacono; sklep; stolik; napiwek; punkty; rozliczenie płatności; opust; nr unikatowy",
    usual: "suma; razem; szt; vat; godz; data; cena; pln; zł; nip; kwota",
  },
  purchase_order: {
    names: "zamówienie; zlecenie; zamówienie zakupu; formularz zamówienia; potwierdzenie zamówienia; zapotrzebowanie",
    strong:
      "numer zamówienia; zamówienie nr; nr zamówienia; data zamówienia; zamawiamy; niniejszym zamawiamy; prosimy o dostarczenie; prosimy o dostawę; zamawiający; dostawca; adres dostawy; miejsce dostawy; termin dostawy; termin realizacji; data dostawy; dostawa; dostarczyć; warunki dostawy; dział zakupów; zakupy; zgodnie z ofertą; państwa oferta; oferta; wycena; prosimy o potwierdzenie; potwierdzenie; kupujący; magazyn; przyjęcie towaru; opakowanie; list przewozowy; dokument wz; faktura na; numer artykułu; indeks; kod towaru; wartość zamówienia; zatwierdził*; towar; transport; na fakturze",
    usual: "ilość; cena; netto; wartość; szt; opis; nazwa; razem; jednostkowa; paleta; karton; sztuk; lp",
  },
  contract: {
    names:
      "umowa; umowa najmu; umowa o pracę; umowa zlecenie; umowa o dzieło; umowa sprzedaży; umowa o świadczenie usług; porozumienie; aneks; umowa o zachowaniu poufności; umowa ramowa; umowa pożyczki; regulamin świadczenia",
    strong:
      "zawarta w dniu; zawarta; zawarta pomiędzy; pomiędzy; zwanym dalej; zwaną dalej; zwany dalej; zwana dalej; zwanymi dalej; strony; stronami; każda ze stron; strony ustalają; strony postanawiają; przedmiot umowy; przedmiotem umowy; zobowiązuje się; zobowiązany; zleceniodawca; zleceniobiorca; zamawiający; wykonawca; najemca; wynajmujący; sprzedający; kupujący; pracodawca; pracownik; usługodawca; wynagrodzenie; czynsz; kaucja; okres obowiązywania; na czas określony; na czas nieokreślony; wypowiedzenie; wypowiedzenia; okres wypowiedzenia; rozwiązanie umowy; odstąpienie; odpowiedzialność; kara umowna; kary umowne; poufność; siła wyższa; postanowienia końcowe; w sprawach nieuregulowanych; kodeksu cywilnego; sądem właściwym; sąd właściwy; zmiany umowy; formy pisemnej; pod rygorem nieważności; w dwóch jednobrzmiących; jednobrzmiących egzemplarzach; wchodzi w życie; niniejsza umowa; niniejszej umowy; zawarto",
    usual: "umowy; ust; §; terminie; pisemnie; podpis; załącznik; obowiązki; prawa; termin; spory; zapłaty",
  },
  letter: {
    names: "list; pismo; list motywacyjny; reklamacja",
    strong:
      "szanowny panie; szanowna pani; szanowni państwo; drogi; droga; drodzy; z poważaniem; z wyrazami szacunku; łączę wyrazy; serdecznie pozdrawiam; pozdrawiam; z pozdrowieniami; dotyczy; w odpowiedzi na; w nawiązaniu do; pani list; pana list; państwa pismo; piszę; zwracam się; zwracam się z prośbą; dziękuję; dziękujemy; przepraszam; przepraszamy; z przykrością; przykro mi; uprzejmie; uprzejmie proszę; uprzejmie informuję; chciałbym; chciałabym; proszę; prosimy; w załączeniu; załączam; mam nadzieję; będę wdzięczn*; oczekuję; pozostaję; jestem",
    usual: "ja; mnie; mi; mój; moja; pan; pani; państwo; państwa; nasz; nasza; nam; pana",
  },
  resume: {
    names: "życiorys; curriculum vitae; cv; profil zawodowy",
    strong:
      "doświadczenie; doświadczenie zawodowe; przebieg pracy; wykształcenie; edukacja; umiejętności; kompetencje; języki; języki obce; znajomość języków; język angielski; angielski; niemiecki; ojczysty; biegle; biegła; komunikatywny; zainteresowania; hobby; dane osobowe; data urodzenia; urodzon*; obywatelstwo; stan cywilny; prawo jazdy; magister; licencjat; inżynier; studia; studia podyplomowe; liceum; technikum; matura; praktyki; staż; kursy; szkolenia; certyfikaty; obecnie; do chwili obecnej; do dziś; nadal; podsumowanie; profil; referencje; wolontariat; osiągnięcia; wyrażam zgodę na przetwarzanie; rekrutacji",
    usual:
      "uniwersytet; politechnika; szkoła; specjalista; kierownik; zespół; zespołem; stanowisko; firma; obsługa; programowanie; projekty; menedżer; lat",
  },
  report: {
    names:
      "raport; sprawozdanie; raport roczny; sprawozdanie roczne; raport końcowy; badanie; ocena; analiza; sprawozdanie z działalności; ekspertyza; raport kwartalny",
    strong:
      "streszczenie; podsumowanie; najważniejsze wnioski; wnioski; główne wnioski; ustalenia; rekomendacje; zalecenia; zalecamy; rekomendujemy; metodologia; metodyka; wprowadzenie; tło; spis treści; załączniki; w porównaniu z; w porównaniu do; rok do roku; w stosunku do roku; poprzedniego roku; wzrosła; wzrósł; wzrosło; spadła; spadł; spadek; wzrost; procent; ankieta; ankietowan*; respondent*; na zlecenie; niniejszy raport; raport przedstawia; rysunek #; wykres #; tabela #; rok obrotowy; wskaźniki; średnio; perspektywy; trend*",
    usual:
      "dane; wyniki; łącznie; udział; rok; kwartał; źródło; liczba; cele; zmiana; sektor; region; działania; analiza",
  },
  research_paper: {
    names: "artykuł naukowy; praca badawcza; streszczenie; rozprawa; praca magisterska; abstrakt",
    strong:
      "streszczenie; słowa kluczowe; abstract; wstęp; wprowadzenie; metody; metodyka; materiał i metody; materiały i metody; wyniki; dyskusja; wnioski; podziękowania; bibliografia; literatura; piśmiennictwo; et al; i in; w artykule; niniejszy artykuł; w pracy; w niniejszej pracy; hipotez*; próba; próby; próbka; istotn*; istotność statystyczna; odchylenie standardowe; regresj*; wariancj*; korelacj*; współczynnik; model; eksperyment*; uczestnicy; badani; dotychczasowe badania; przegląd literatury; równanie; czasopismo; doi; katedra; zakład; wydział",
    usual:
      "uniwersytet; instytut; badanie; badania; dane; analiza; rysunek; tabela; rozkład; parametr*; pomiar*; obserwacj*; oszacowan*",
  },
  manual: {
    names:
      "instrukcja; instrukcja obsługi; instrukcja użytkowania; podręcznik; podręcznik użytkownika; instrukcja montażu; instrukcja instalacji; poradnik użytkownika; szybki start; skrócona instrukcja",
    strong:
      "ostrzeżenie; uwaga; niebezpieczeństwo; zasady bezpieczeństwa; bezpieczeństwo; przed pierwszym użyciem; pierwsze użycie; pierwsze uruchomienie; uruchomienie; przeczytaj; należy przeczytać; zachowaj; konserwacja; czyszczenie; czyścić; rozwiązywanie problemów; usterki; usterka; problem; przyczyna; rozwiązanie; kod błędu; dane techniczne; specyfikacja techniczna; naciśnij; nacisnąć; przytrzymaj; przycisk; przyciskiem; przekręć; obróć; podłącz; odłącz; wtyczka; wtyczkę; gniazdko; gniazdka; przewód zasilający; zasilanie; urządzenie; urządzenia; włącz; wyłącz; włączyć; wyłączyć; miga; świeci; dioda; wyświetlacz; ekran; wyjmij; włóż; umieść; otwórz; zamknij; sprawdź; upewnij się; napełnij; nigdy; nie wolno; ustaw; ustawienia; śruba; śruby; gwarancja; serwis; części zamienne; zawartość opakowania; elektryk; instalacja; montaż; kliknij; wybierz; menu; utylizacja",
    usual:
      "woda; zbiornik; filtr; bateria; akumulator; temperatura; minut; sekund; krok; rysunek; napięcie; kabel; program; dzieci; pokrywa; pompa; użytkowanie; użytkownik",
  },
  form: {
    names:
      "formularz; wniosek; formularz zgłoszeniowy; deklaracja; ankieta; kwestionariusz; formularz wniosku; zgłoszenie; wniosek o; oświadczenie; karta zgłoszenia; podanie",
    strong:
      "wypełnić; proszę wypełnić; wypełnia; drukowanymi literami; wielkimi literami; zaznacz; zaznaczyć; zaznaczyć właściwe; właściwe zaznaczyć; pola obowiązkowe; obowiązkowe; niepotrzebne skreślić; imię; imię i nazwisko; nazwisko; nazwisko rodowe; data urodzenia; miejsce urodzenia; pesel; adres; adres zamieszkania; ulica; nr domu; kod pocztowy; miejscowość; telefon; telefon kontaktowy; obywatelstwo; stan cywilny; zawód; oświadczam; oświadczam że; wyrażam zgodę; zgoda; wnoszę o; wnioskuję; wnioskodawca; wnioskodawcy; podpis; czytelny podpis; podpis wnioskodawcy; miejscowość i data; wypełnia urząd; adnotacje; adnotacje urzędowe; załączniki; jeśli tak; jeżeli tak; tak nie; opiekun prawny; rodzic; dowód osobisty; seria i numer; część a; dane osobowe; dane wnioskodawcy",
    usual: "data; e mail; tak; nie; płeć; numer; dane; cel; nr; uzasadnienie",
  },
  bank_statement: {
    names:
      "wyciąg bankowy; wyciąg; wyciąg z rachunku; historia rachunku; zestawienie operacji; historia operacji; wyciąg z konta",
    strong:
      "saldo początkowe; saldo końcowe; saldo; saldo poprzednie; saldo po operacji; dostępne środki; data operacji; data księgowania; data waluty; opis operacji; rodzaj operacji; obciążenia; uznania; suma obciążeń; suma uznań; wpływy; wydatki; wypłaty; wpłaty; przelew; przelew przychodzący; przelew wychodzący; polecenie zapłaty; zlecenie stałe; wypłata z bankomatu; bankomat; płatność kartą; zakup kartą; transakcja kartą; wynagrodzenie; czynsz; opłata; opłata za prowadzenie; prowizja; odsetki; debet; posiadacz rachunku; posiadacz; numer rachunku; rachunek; iban; bic; swift; oddział; blik; bankowy fundusz gwarancyjny; za okres; nr wyciągu",
    usual: "data; kwota; strona; okres; suma; bank; pln; konto; tytuł; prąd; ubezpieczenie",
  },
  meeting_minutes: {
    names:
      "protokół; protokół z zebrania; protokół z posiedzenia; protokół ze spotkania; notatka ze spotkania; zebranie; posiedzenie; walne zgromadzenie",
    strong:
      "obecni; lista obecności; nieobecni; usprawiedliwieni; porządek obrad; porządek zebrania; porządek dzienny; przewodniczący; przewodnicząca; przewodniczył*; protokolant; protokolantka; protokołował*; sekretarz; kworum; quorum; otwarcie zebrania; otworzył; otworzyła; otwarto; zakończono; zamknięcie zebrania; zamknął; zakończenie; na tym zakończono; protokół z poprzedniego; przyjęcie protokołu; poprzedniego posiedzenia; przyjęto; jednogłośnie; głosowanie; głosów za; wstrzymało się; wstrzymał*; przeciw; za; uchwała; uchwały; uchwałę; podjęto; postanowiono; ustalono; ustalenia; wolne wnioski; sprawy różne; następne zebranie; następne spotkanie; termin następnego; poinformował*; przedstawił*; zaproponował*; zapytał*; podziękował*; zadania; odpowiedzialny; osoba odpowiedzialna; termin wykonania; zarząd; skarbnik; członkowie",
    usual: "punkt; godz; sprawozdanie; dyskusja; sala; członków; spotkanie; kto; termin",
  },
  press_release: {
    names: "informacja prasowa; komunikat prasowy; komunikat; notatka prasowa",
    strong:
      "do natychmiastowej publikacji; natychmiastowej publikacji; embargo; kontakt dla mediów; kontakt prasowy; biuro prasowe; rzecznik prasowy; rzecznik; rzeczniczka; ogłasza; ogłosił*; ogłosiło; zapowiada; zaprezentował*; otwiera; otworzy; otwarcie; uruchamia; wprowadza; premiera; mówi; powiedział*; podkreśla; podkreślił*; dodaje; dodał*; komentuje; wyjaśnia; zaznacza; według; o firmie; o fundacji; prezes; prezes zarządu; dyrektor; założyciel*; założona w; zdjęcia; materiały; więcej informacji; dodatkowe informacje; po raz pierwszy",
    usual:
      "nowy; nowa; nowe; dziś; projekt; milionów; publiczność; wydarzenie; miasto; zwiedzający; nagroda; firma; media; prasa; partner*",
  },
  policy: {
    names:
      "polityka; regulamin; kodeks postępowania; kodeks etyki; zasady; polityka prywatności; procedura; zarządzenie; instrukcja; regulamin pracy; wytyczne; polityka bezpieczeństwa",
    strong:
      "niniejsza polityka; niniejszy regulamin; niniejsze zasady; cel; cel i zakres; zakres; zakres stosowania; postanowienia ogólne; dotyczy wszystkich; obowiązuje; ma zastosowanie do; stosuje się; pracownicy; pracowników; wszyscy pracownicy; zatrudnieni; personel; muszą; są zobowiązani; zobowiązani; jest zobowiązany; nie wolno; nie mogą; zabrania się; zabronione; zakaz; niedozwolone; dozwolone; zgoda przełożonego; przełożony; przełożonego; kierownik; zasady; obowiązki; odpowiedzialność; naruszenie; naruszenia; kary; konsekwencje; dyscyplinarn*; odpowiedzialność porządkowa; wejście w życie; wchodzi w życie; obowiązuje od; zatwierdzon*; zatwierdził; przegląd; następny przegląd; wersja; aktualizacja; definicje; wyjątki; zgłaszać; zgłoszenie; zgłaszanie; sygnalist*; dział kadr; kadry; dane osobowe; rodo; zgodność; poufność; konflikt interesów; prezenty; upominki; praca zdalna; szkoleni*",
    usual:
      "przepisy; firma; spółka; bezpieczeństwo; zdrowie; praca; sprzęt; koszty; zwrot; wniosek; prawa; dostęp; informacje",
  },
  presentation: {
    names: "prezentacja; slajdy",
    strong:
      "agenda; plan prezentacji; dziękuję; dziękujemy; dziękuję za uwagę; dziękujemy za uwagę; pytania; następne kroki; kolejne kroki; nasz zespół; nasza misja; misja; wizja; cele; wyzwania; problem; rozwiązanie; wnioski; kluczowe wnioski; najważniejsze; podsumowanie; harmonogram; gdzie jesteśmy; w skrócie; kluczowe liczby; kontekst; szanse; mapa drogowa",
    usual:
      "wzrost; rynek; klienci; zespół; strategia; wyniki; sprzedaż; plan; q1; q2; q3; q4; projekt; partnerzy; pilotaż",
  },
  brochure: {
    names: "broszura; ulotka; folder; katalog; program; cennik; karta dań; przewodnik; informator",
    strong:
      "zarezerwuj; rezerwacja; rezerwuj; rezerwacje; odkryj; poznaj; przyjdź; odwiedź; odwiedź nas; zapraszamy; zapraszamy do; skorzystaj; zobacz; spróbuj; zadzwoń; skontaktuj się; godziny otwarcia; czynne; otwarte; codziennie; wstęp wolny; wstęp bezpłatny; bezpłatn*; za darmo; gratis; jak dojechać; dojazd; witamy; nasza oferta; nasze usługi; oferta ważna; oferta specjalna; promocja; rabat; zniżka; bon podarunkowy; za osobę; od osoby; za noc; już od; od # zł; dla całej rodziny; całej rodziny; dzieci; dorośli; dlaczego; dlaczego my; zwiedzanie; wycieczk*; niezapomnian*; wyjątkow*; ręcznie; domow*; tradycyjn*; zapisz się; zapisy; cały rok; przez cały rok; dla każdego; ceny",
    usual:
      "wakacje; weekend; warsztaty; relaks; natura; hotel; muzeum; ogród; grupy; sobota; niedziela; poniedziałek; rodzina; pobyt; świeże; smak*; kurs*",
  },
  legal_filing: {
    names:
      "pozew; wyrok; postanowienie; apelacja; wniosek; odpowiedź na pozew; zażalenie; pozew o zapłatę; nakaz zapłaty; sprzeciw; skarga; zawiadomienie; akt oskarżenia",
    strong:
      "sąd rejonowy; sąd okręgowy; sąd apelacyjny; sąd najwyższy; sąd; sądu; wydział cywilny; wydział; sygn akt; sygnatura akt; powód; powódka; powoda; powodowi; pozwany; pozwana; pozwanego; pozwanej; wnioskodawca; uczestnik; oskarżony; pełnomocnik; adwokat; radca prawny; radcę prawnego; wartość przedmiotu sporu; w p s; wnoszę o; wnosi o; zasądzenie; zasądzić; zasądza; zasądzenie od pozwanego; na rzecz powoda; kosztów procesu; koszty procesu; kosztów zastępstwa; odsetkami ustawowymi; ustawowymi za opóźnienie; za opóźnienie; uzasadnienie; stan faktyczny; dowód; dowody; dopuszczenie dowodu; świadk*; zeznania; roszczenie; żądanie; odszkodowanie; szkoda; kodeks cywilny; k c; k p c; na podstawie art; art; w imieniu; imieniem; w imieniu rzeczypospolitej; oddala; rozprawa; rozprawy; sędzia; wezwanie do zapłaty; wymagalne",
    usual: "przeciwko; kwota; kwoty; strona; zapłata; zapłatę; prawo; dnia; termin; załączniki; wezwani*",
  },
  medical_report: {
    names:
      "karta informacyjna; wypis ze szpitala; karta wypisowa; opis badania; wynik badania; wyniki badań; historia choroby; zaświadczenie lekarskie; epikryza; karta leczenia szpitalnego; konsultacja",
    strong:
      "pacjent; pacjentka; pacjenta; rozpoznanie; rozpoznania; wywiad; przyjęt*; data przyjęcia; przyjęcie; wypisan*; data wypisu; wypis; powód przyjęcia; hospitalizacja; badanie przedmiotowe; badanie fizykalne; w badaniu; badania dodatkowe; badania laboratoryjne; przebieg leczenia; przebieg hospitalizacji; leczenie; zastosowane leczenie; zalecenia; zalecono; leki; dawkowanie; tabletka; tabletki; tabl; raz dziennie; dziennie; ciśnienie tętnicze; tętno; temperatura; saturacja; rtg; usg; tomografia; rezonans; ekg; morfologia; hemoglobina; leukocyty; kreatynina; glukoza; cholesterol; crp; wartości referencyjne; norma; zakres referencyjny; lekarz rodzinny; lekarz; oddział; szpital; poradnia; przychodnia; kontrola; alergie; uczulenia; ból; dolegliwości; złamanie; zapalenie płuc; nadciśnienie; cukrzyca; operacja; zabieg; znieczulenie; zmian*; ostr*; przewlekł*; wnioski; bez zmian",
    usual:
      "dr; mg; krew; serce; lewy; prawy; lewa; prawa; kolano; płuco; rehabilitacja; fizjoterapia; opieka; wiek; lat; ur",
  },
};
